import { limits } from "../../../domain/limits.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { FaultSummary } from "../../components/forms/fault-summary.tsx";
import { type EditorState, editorFields, type FieldOf } from "../../components/forms/field-state.ts";
import { FieldFault, TextArea, TextField } from "../../components/forms/fields.tsx";
import { AddButton, RowButtons } from "../../components/forms/row-buttons.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { UrgencyFields } from "../../components/forms/urgency-fields.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { ServiceDraft } from "./draft.ts";

interface ServiceEditorProps extends Viewing, EditorState {
  readonly service: string;
  readonly draft: ServiceDraft;
  /** Version that the draft is based on; empty for a service without settings. */
  readonly base: string;
  /** False for a service that only alerts name. */
  readonly isStored: boolean;
  /** Suggested teams. */
  readonly teams: readonly string[];
}

interface PartProps {
  readonly draft: ServiceDraft;
  readonly fields: FieldOf;
}

const choices = [
  ["high", "High, page until acknowledged"],
  ["low", "Low, notify once"],
  ["by_severity", "By severity: high for critical and high"],
] as const;

/** Editor of a service: owner, links, handling of its incidents and urgency. */
export function ServiceEditorView(props: ServiceEditorProps) {
  const { service, draft, base, isStored, teams, faults } = props;
  const verb = isStored ? "Edit" : "Configure";
  const fields = editorFields(props);
  const params = { service };
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("services")}>Services</a> <span aria-hidden="true">›</span>{" "}
        <a href={pageHref("service", params)}>
          <bdi>{service}</bdi>
        </a>{" "}
        <span aria-hidden="true">›</span> {verb}
      </p>
      <h1>
        {verb} <bdi>{service}</bdi>
      </h1>
      {!isStored && (
        <p class="lead">
          This service has no settings yet. Until you save some, its incidents go to the team of the same
          name, or to the default team.
        </p>
      )}
      <FaultSummary faults={faults} />
      <div class="service-editor editor">
        <ActionForm action="edit-service" params={params} viewing={props} id="editor" redrawn>
          <EnterSaves />
          <input type="hidden" name="base" value={base} autocomplete="off" />
          <div class="fields top">
            <TeamField
              field={fields("team")}
              value={draft.team}
              teams={teams}
              hint="The team that is paged."
            />
            <TextField
              field={fields("runbook_url")}
              label="Runbook URL"
              value={draft.runbook_url}
              placeholder="https://wiki.example.com/runbook"
              maxlength={limits.addressLength}
              hint="Optional. The first link of its incidents."
            />
          </div>
          <TextArea
            field={fields("description")}
            label="Description"
            value={draft.description}
            rows={3}
            maxlength={limits.serviceDescriptionLength}
            hint="Optional."
          />
          <Links draft={draft} fields={fields} />
          <div class="fields top">
            <TextField
              field={fields("auto_resolve")}
              label="Auto-resolve after"
              value={draft.auto_resolve}
              placeholder="Off"
              maxlength={64}
              hint="Time without new alerts, such as 30 min or 2 h. Leave empty to disable."
            />
            <TextField
              field={fields("acknowledgement_timeout")}
              label="Acknowledgement timeout"
              value={draft.acknowledgement_timeout}
              placeholder="Off"
              maxlength={64}
              hint="Acknowledged incidents page again after this time. Leave empty to disable."
            />
          </div>
          <fieldset class="layer urgency" id="urgency-settings">
            <legend>Urgency</legend>
            <UrgencyFields draft={draft} fields={fields} label="Urgency of incidents" choices={choices} />
          </fieldset>
          <div class="toolbar">
            <div class="button-row">
              <button type="submit" name="op" value="save" class="primary">
                Save service
              </button>
              <a href={pageHref("service", params)}>Cancel</a>
            </div>
          </div>
        </ActionForm>
      </div>
      {isStored && <Deletion {...props} />}
    </>
  );
}

/** The button that the Enter key presses, which must not be one that moves a row. */
function EnterSaves() {
  return (
    <button type="submit" name="op" value="save" class="hidden" tabindex={-1}>
      Save
    </button>
  );
}

function Links({ draft: { links }, fields }: PartProps) {
  return (
    <fieldset class="rows" id="links">
      <legend>
        Links <span class="quiet">such as dashboards, logs and documentation</span>
      </legend>
      <FieldFault field={fields("links")} />
      <ol>
        {links.map(({ text, href }, index) => {
          const path = `links.${index}`;
          const what = `link ${index + 1}`;
          return (
            <li id={path} class="link-fields">
              <TextField
                bare
                field={fields(`${path}.text`)}
                label={`Text of ${what}`}
                placeholder="Dashboard"
                value={text}
                maxlength={limits.linkTextLength}
              />
              <TextField
                bare
                field={fields(`${path}.href`)}
                label={`URL of ${what}`}
                placeholder="https://grafana.example.com/d/checkout"
                value={href}
                maxlength={limits.addressLength}
              />
              <RowButtons path={path} what={what} fields={fields} />
              <FieldFault field={fields(path)} />
            </li>
          );
        })}
      </ol>
      <AddButton list="links" fields={fields}>
        Add link
      </AddButton>
    </fieldset>
  );
}

function Deletion({ service, ...viewing }: ServiceEditorProps) {
  return (
    <details class="fold" id="deletion">
      <summary>Delete service</summary>
      <ActionForm action="delete-service" params={{ service }} viewing={viewing} class="stack" plain>
        <p>
          Its settings are deleted. Its incidents stay, and later ones go to the team of the same name, or to
          the default team.
        </p>
        <button type="submit" class="danger">
          Delete service
        </button>
      </ActionForm>
    </details>
  );
}
