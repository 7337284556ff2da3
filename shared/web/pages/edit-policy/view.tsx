import type { EscalationPolicy, EscalationStep } from "../../../domain/oncall/escalation.ts";
import type { Person } from "../../../domain/person.ts";
import { formatExactly } from "../../components/duration.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { ConflictNotice, type EditConflictInfo } from "../../components/forms/conflict-notice.tsx";
import { FaultSummary } from "../../components/forms/fault-summary.tsx";
import { type EditorState, editorFields, type FieldOf } from "../../components/forms/field-state.ts";
import { FieldFault, SelectField, TextField } from "../../components/forms/fields.tsx";
import { LivePreview } from "../../components/forms/live-preview.tsx";
import { PeopleList } from "../../components/forms/person-field.tsx";
import { AddButton, EnterPreviews, RowButtons } from "../../components/forms/row-buttons.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Crumbs, Unfinished } from "../edit-schedule/view.tsx";
import type { PolicyDraft } from "./draft.ts";
import { reasonText, repeatText } from "./policy-labels.ts";

/** Steps of an incident opened now: those of the first round that reach someone. */
export interface PolicyPreview {
  readonly policy: EscalationPolicy;
  /** `at` in epoch milliseconds. */
  readonly steps: readonly (EscalationStep & { readonly at: number })[];
}

export interface PolicyEditorProps extends Viewing, EditorState {
  readonly team: string;
  readonly draft: PolicyDraft;
  /** Policy that the draft is based on. */
  readonly base: string;
  /** Shows errors at their fields. Otherwise only the preview lists them, because the form may be unfinished. */
  readonly showErrors: boolean;
  /** False if the team uses the default policy. */
  readonly ownPolicy: boolean;
  readonly preview: PolicyPreview | null;
  /** Known people, to choose targets from. */
  readonly people: readonly Person[];
  readonly conflict: EditConflictInfo | null;
}

/** Editor of an escalation policy with a preview of its steps. */
export function PolicyEditorView(props: PolicyEditorProps) {
  const { team, draft, base, faults, focus, showErrors, preview, conflict, ownPolicy } = props;
  const shownFaults = showErrors ? faults : [];
  const fields = editorFields({ focus, faults: shownFaults });
  const target = { action: "edit-policy", params: { team } } as const;
  return (
    <>
      <Crumbs team={team} here="Escalation policy" />
      <h1>
        Escalation policy of <bdi>{team}</bdi>
      </h1>
      {!ownPolicy && <p class="notice">This team uses the default policy. Save to create its own.</p>}
      {conflict && (
        <ConflictNotice conflict={conflict} now={props.now} href={pageHref("edit-policy", { team })} />
      )}
      <FaultSummary faults={shownFaults} />
      <div class="columns editor">
        <ActionForm {...target} viewing={props} id="editor" redrawn>
          <EnterPreviews />
          <input type="hidden" name="base" value={base} autocomplete="off" />
          <PeopleList people={props.people} />
          <div id="rules">
            <FieldFault field={fields("rules")} />
            {draft.rules.map((rule, index) => (
              <RuleForm rule={rule} index={index} fields={fields} />
            ))}
            <AddButton list="rules" fields={fields}>
              Add step
            </AddButton>
          </div>
          <div class="fields">
            <TextField
              field={fields("repeat")}
              label="Repeat the policy (times)"
              type="number"
              value={draft.repeat}
            />
          </div>
          <div class="toolbar">
            <div class="button-row">
              <button type="submit" name="op" value="save" class="primary">
                {conflict ? "Overwrite with my version" : "Save policy"}
              </button>
              <button type="submit" name="op" value="preview" class="without-script">
                Preview
              </button>
              <a href={pageHref("team-on-call", { team })}>Cancel</a>
            </div>
          </div>
        </ActionForm>
        <LivePreview {...target} form="editor" title="Preview: an incident opened now">
          {preview ? <PreviewSteps preview={preview} now={props.now} /> : <Unfinished faults={faults} />}
        </LivePreview>
      </div>
    </>
  );
}

function RuleForm({
  rule: { targets, delay_minutes },
  index,
  fields,
}: {
  readonly rule: PolicyDraft["rules"][number];
  readonly index: number;
  readonly fields: FieldOf;
}) {
  const path = `rules.${index}`;
  const list = `${path}.targets`;
  return (
    <fieldset class="layer" id={path}>
      <legend>Step {index + 1}</legend>
      <RowButtons path={path} what={`step ${index + 1}`} fields={fields} />
      <fieldset class="rows" id={list}>
        <legend>Page</legend>
        <FieldFault field={fields(list)} />
        <ol>
          {targets.map(({ to, person }, row) => {
            const at = `${list}.${row}`;
            const what = `target ${row + 1} of step ${index + 1}`;
            return (
              <li id={at} class="target">
                <SelectField
                  bare
                  field={fields(`${at}.to`)}
                  label={`Type of ${what}`}
                  value={to}
                  options={[
                    ["primary", "Primary"],
                    ["secondary", "Secondary"],
                    ["user", "User"],
                  ]}
                />
                <TextField
                  bare
                  class="by-person"
                  field={fields(`${at}.person`)}
                  label={`Person of ${what}`}
                  placeholder="Ada <ada@example.com>"
                  list="people"
                  value={person}
                />
                <RowButtons path={at} what={what} fields={fields} />
                <FieldFault field={fields(at)} />
              </li>
            );
          })}
        </ol>
        <AddButton list={list} fields={fields}>
          Add target
        </AddButton>
      </fieldset>
      <div class="fields">
        <TextField
          field={fields(`${path}.delay_minutes`)}
          label="Minutes until the next step"
          value={delay_minutes}
          type="number"
          step="any"
        />
      </div>
    </fieldset>
  );
}

function PreviewSteps({
  preview: { policy, steps },
  now,
}: {
  readonly preview: PolicyPreview;
  readonly now: number;
}) {
  const { rules, repeat } = policy;
  const reached = new Set(steps.map(({ position }) => position.level));
  const passSeconds = rules.reduce(
    (sum, { delaySeconds }, index) => sum + (reached.has(index + 1) ? delaySeconds : 0),
    0,
  );
  const skipped = rules.flatMap((_, index) => (reached.has(index + 1) ? [] : [index + 1]));
  if (steps.length === 0) {
    return <p class="alarm">No one is on call at any step. Only the fallback address would be paged.</p>;
  }
  return (
    <>
      <ol class="event-list">
        {steps.map(({ at, position, recipients }) => (
          <li class="escalated">
            <p class="when">
              {at === now ? "Immediately" : `After ${formatExactly((at - now) / 1_000)}`} · step{" "}
              {position.level}
            </p>
            {recipients.map(({ name, email, reason }) => (
              <p>
                <b>
                  <bdi>{name ?? email}</bdi>
                </b>{" "}
                is paged{" "}
                <span class="quiet">
                  <bdi>{reasonText(reason)}</bdi>
                </span>
              </p>
            ))}
          </li>
        ))}
        <li>
          <p class="when">Then</p>
          <p>
            {repeat > 0 && `The policy repeats ${repeatText(repeat)}, every ${formatExactly(passSeconds)}. `}
            The incident stays open and no one else is paged.
          </p>
        </li>
      </ol>
      {skipped.length > 0 && (
        <p class="alarm">
          No one is on call at {skipped.length === 1 ? "step" : "steps"} {skipped.join(", ")}. Steps without
          anyone on call are skipped.
        </p>
      )}
    </>
  );
}
