import { rotationUnits } from "../../../domain/oncall/rotation.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import type { Person } from "../../../domain/person.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { ConflictNotice, type EditConflictInfo } from "../../components/forms/conflict-notice.tsx";
import { FaultList, FaultSummary } from "../../components/forms/fault-summary.tsx";
import {
  type EditorState,
  editorFields,
  type FieldOf,
  plainField,
} from "../../components/forms/field-state.ts";
import { FieldFault, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { HoursRow } from "../../components/forms/hours-row.tsx";
import { LivePreview } from "../../components/forms/live-preview.tsx";
import { PeopleList } from "../../components/forms/person-field.tsx";
import { AddButton, EnterPreviews, RowButtons } from "../../components/forms/row-buttons.tsx";
import { isolate } from "../../components/isolate.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { LayerDraft, RestrictionDraft, ScheduleDraft } from "./draft.ts";
import { type PlanPreview, PlanPreviewView } from "./plan-preview.tsx";

export interface ScheduleEditorProps extends Viewing, EditorState {
  /** Team of the schedule; null for a new one. */
  readonly team: string | null;
  readonly draft: ScheduleDraft;
  /** Version that the draft is based on; empty for a new schedule. */
  readonly base: string;
  /** Shows errors at their fields. Otherwise only the preview lists them, because the form may be unfinished. */
  readonly showErrors: boolean;
  readonly preview: PlanPreview | null;
  /** Known people, to choose members from. */
  readonly people: readonly Person[];
  readonly conflict: EditConflictInfo | null;
}

/** Editor of a schedule with a preview of its shifts. */
export function ScheduleEditorView(props: ScheduleEditorProps) {
  const { team, draft, base, faults, showErrors, preview, conflict, focus } = props;
  const target =
    team === null
      ? ({ action: "create-schedule" } as const)
      : ({ action: "edit-schedule", params: { team } } as const);
  const shownFaults = showErrors ? faults : [];
  const fields = editorFields({ focus, faults: shownFaults });
  return (
    <>
      <Crumbs team={team} here={team === null ? "New schedule" : "Schedule"} />
      <h1>
        {team === null ? (
          "New schedule"
        ) : (
          <>
            Schedule of <bdi>{team}</bdi>
          </>
        )}
      </h1>
      {conflict && (
        <ConflictNotice
          conflict={conflict}
          now={props.now}
          href={pageHref("edit-schedule", { team: draft.team })}
        />
      )}
      <FaultSummary faults={shownFaults} />
      <div class="columns editor">
        <ActionForm {...target} viewing={props} id="editor" redrawn>
          <EnterPreviews />
          <input type="hidden" name="base" value={base} autocomplete="off" />
          <input type="hidden" name="form" value={draft.form} autocomplete="off" />
          {team === null && (
            <TextField field={fields("team")} label="Team" value={draft.team} placeholder="checkout" />
          )}
          <div class="fields">
            <TextField field={fields("timezone")} label="Time zone" value={draft.timezone} list="timezones" />
            <label class="check" for="handoff_notices">
              <input
                type="checkbox"
                id="handoff_notices"
                name="handoff_notices"
                checked={draft.handoff_notices === "on"}
              />
              Email both people at each handoff
            </label>
          </div>
          <PeopleList people={props.people} />
          <datalist id="timezones">
            {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
              <option value={zone} />
            ))}
          </datalist>
          {draft.form === "simple" ? (
            <SimpleForm draft={draft} fields={fields} />
          ) : (
            <Layers layers={draft.layers} fields={fields} />
          )}
          <div class="toolbar">
            <div class="button-row">
              <button type="submit" name="op" value="save" class="primary">
                {conflict ? "Overwrite with my version" : team === null ? "Create schedule" : "Save schedule"}
              </button>
              <button type="submit" name="op" value="preview" class="without-script">
                Preview
              </button>
              <a href={team === null ? pageHref("on-call") : pageHref("team-on-call", { team })}>Cancel</a>
            </div>
          </div>
        </ActionForm>
        <LivePreview {...target} form="editor" title="Preview: next 4 weeks">
          {preview ? <PlanPreviewView preview={preview} /> : <Unfinished faults={faults} />}
        </LivePreview>
      </div>
      {team !== null && <Deletion {...props} team={team} />}
    </>
  );
}

export function Crumbs({ team, here }: { readonly team: string | null; readonly here: string }) {
  return (
    <p class="crumbs">
      <a href={pageHref("on-call")}>On-call</a> <span aria-hidden="true">›</span>{" "}
      {team !== null && (
        <>
          <a href={pageHref("team-on-call", { team })}>
            <bdi>{team}</bdi>
          </a>{" "}
          <span aria-hidden="true">›</span>{" "}
        </>
      )}
      {here}
    </p>
  );
}

/** Missing fields, in place of a preview. */
export function Unfinished({ faults }: Pick<EditorState, "faults">) {
  return (
    <>
      <p class="quiet">Fill in these fields to see a preview:</p>
      <FaultList faults={faults.slice(0, 8)} />
    </>
  );
}

interface PartProps {
  readonly fields: FieldOf;
}

function SimpleForm({ draft, fields }: PartProps & { readonly draft: ScheduleDraft }) {
  return (
    <>
      <div class="fields rotation-fields">
        <SelectField
          field={fields("rotation_type")}
          label="Rotation"
          value={draft.rotation_type}
          options={[
            ["daily", "Daily"],
            ["weekly", "Weekly"],
            ["biweekly", "Every two weeks"],
          ]}
        />
        <SelectField
          field={fields("handoff_day")}
          label="Handoff day"
          class="by-week"
          value={draft.handoff_day}
          options={optionsOf(weekdays)}
        />
        <TextField
          field={fields("handoff_time")}
          label="Handoff time"
          type="time"
          value={draft.handoff_time}
        />
        <TextField
          field={fields("starts_on")}
          label="Starts on"
          type="date"
          value={draft.starts_on}
          hint="Optional. Leave empty to start at the most recent handoff."
        />
      </div>
      <Members list="members" members={draft.members} fields={fields} roles />
      <button type="submit" name="op" value="layers" class="plain">
        Switch to advanced editor (layers, restrictions, custom rotations)
      </button>
    </>
  );
}

function Members({
  list,
  members,
  roles,
  fields,
}: PartProps & {
  readonly list: string;
  readonly members: readonly { readonly person: string; readonly role?: string }[];
  /** True if each member has a role. Otherwise all have the role of their layer. */
  readonly roles?: boolean;
}) {
  return (
    <fieldset class="rows" id={list}>
      <legend>
        Members <span class="quiet">in rotation order, from the list or as name and email</span>
      </legend>
      <FieldFault field={fields(list)} />
      <ol>
        {members.map(({ person, role }, index) => {
          const path = `${list}.${index}`;
          const what = `member ${index + 1}`;
          return (
            <li id={path} class={roles ? "member has-role" : "member"}>
              <TextField
                bare
                field={fields(`${path}.person`)}
                label={capitalize(what)}
                placeholder="Ada <ada@example.com>"
                list="people"
                value={person}
              />
              {roles && (
                <SelectField
                  bare
                  field={fields(`${path}.role`)}
                  label={`Role of ${what}`}
                  value={role ?? "primary"}
                  options={optionsOf(onCallRoles)}
                />
              )}
              <RowButtons path={path} what={what} fields={fields} />
              <FieldFault field={fields(path)} />
            </li>
          );
        })}
      </ol>
      <AddButton list={list} fields={fields}>
        Add member
      </AddButton>
    </fieldset>
  );
}

function Layers({ layers, fields }: PartProps & { readonly layers: readonly LayerDraft[] }) {
  return (
    <div id="layers">
      {layers.length > 1 && (
        <p class="quiet">If several layers cover a role, the last one with someone on duty applies.</p>
      )}
      <FieldFault field={fields("layers")} />
      {layers.map((layer, index) => (
        <LayerForm layer={layer} index={index} fields={fields} />
      ))}
      <AddButton list="layers" fields={fields}>
        Add layer
      </AddButton>
    </div>
  );
}

function LayerForm({
  layer: { name, role, rotation, members, restrictions },
  index,
  fields,
}: PartProps & { readonly layer: LayerDraft; readonly index: number }) {
  const path = `layers.${index}`;
  const turns = `${path}.rotation`;
  return (
    <fieldset class="layer" id={path}>
      <legend>Layer {index + 1}</legend>
      <RowButtons path={path} what={`layer ${index + 1}`} fields={fields} />
      <FieldFault field={fields(path)} />
      <div class="fields">
        <TextField field={fields(`${path}.name`)} label="Name" value={name} placeholder="Day shift" />
        <SelectField
          field={fields(`${path}.role`)}
          label="Role"
          value={role}
          options={optionsOf(onCallRoles)}
        />
      </div>
      <div class="fields rotation-fields">
        <div class="pair">
          <TextField
            field={fields(`${turns}.length`)}
            label="Rotation"
            type="number"
            value={rotation.length}
          />
          <SelectField
            bare
            field={fields(`${turns}.unit`)}
            label="Unit of the rotation"
            value={rotation.unit}
            options={rotationUnits.map((unit) => [unit, `${unit}s`])}
          />
        </div>
        <SelectField
          field={fields(`${turns}.handoff_day`)}
          label="Handoff day"
          class="by-week"
          value={rotation.handoff_day}
          options={[["", "Start day"], ...optionsOf(weekdays)]}
        />
        <TextField
          field={fields(`${turns}.handoff_time`)}
          label="Handoff time"
          type="time"
          value={rotation.handoff_time}
        />
        <TextField
          field={fields(`${turns}.starts_on`)}
          label="Starts on"
          type="date"
          value={rotation.starts_on}
        />
      </div>
      <Members list={`${path}.members`} members={members} fields={fields} />
      <Restrictions list={`${path}.restrictions`} restrictions={restrictions} fields={fields} />
    </fieldset>
  );
}

const restrictionTypes = [
  ["daily", "Daily"],
  ["weekly", "Weekly"],
] as const;

function Restrictions({
  list,
  restrictions,
  fields,
}: PartProps & { readonly list: string; readonly restrictions: readonly RestrictionDraft[] }) {
  return (
    <fieldset class="rows" id={list}>
      <legend>
        Restrictions{" "}
        <span class="quiet">
          {restrictions.length === 0 ? "none: active at all times" : "active only at these times"}
        </span>
      </legend>
      <FieldFault field={fields(list)} />
      <ol>
        {restrictions.map((hours, index) => (
          <HoursRow
            hours={hours}
            path={`${list}.${index}`}
            what={`restriction ${index + 1}`}
            types={restrictionTypes}
            fields={fields}
          />
        ))}
      </ol>
      <AddButton list={list} fields={fields}>
        Add restriction
      </AddButton>
    </fieldset>
  );
}

function Deletion({ team, ...viewing }: Viewing & { readonly team: string }) {
  return (
    <details class="fold" id="deletion">
      <summary>Delete schedule</summary>
      <ActionForm action="delete-schedule" params={{ team }} viewing={viewing} class="stack" plain>
        <p>
          No one will be on call for <bdi>{team}</bdi>, and its overrides end. Incidents then page the users
          named in the escalation policy, or the fallback address.
        </p>
        <TextField field={plainField("confirm")} label={`Type ${isolate(team)} to confirm`} />
        <button type="submit" class="danger">
          Delete schedule
        </button>
      </ActionForm>
    </details>
  );
}
