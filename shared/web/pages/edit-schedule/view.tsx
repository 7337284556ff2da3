import { rotationUnits } from "../../../domain/oncall/rotation.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import { ActionForm } from "../../components/action-form.tsx";
import { formatSpan } from "../../components/duration.tsx";
import {
  AddButton,
  EnterPreviews,
  FaultList,
  FaultSummary,
  FaultsAt,
  type FormState,
  RowButtons,
  SelectField,
  TextField,
} from "../../components/form-fields.tsx";
import { LivePreview } from "../../components/live-preview.tsx";
import { shortDay } from "../../components/local-time.ts";
import { type PageName, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { LayerDraft, RestrictionDraft, ScheduleDraft } from "./draft.ts";
import { type PlanPreview, PlanPreviewView } from "./plan-preview.tsx";

/** Concurrent change of the schedule since the form was loaded. */
export interface EditConflictInfo {
  readonly by: string | null;
  /** Epoch milliseconds; null if unknown. */
  readonly at: number | null;
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

export interface ScheduleEditorProps extends Viewing, FormState {
  /** Team of the schedule; null for a new schedule. */
  readonly team: string | null;
  readonly draft: ScheduleDraft;
  /** Version that the draft is based on; empty for a new schedule. */
  readonly base: string;
  /** True to show faults at their fields. An unfinished draft shows them only next to the form. */
  readonly showErrors: boolean;
  readonly preview: PlanPreview | null;
  readonly conflict: EditConflictInfo | null;
}

/** Editor of a team's schedule. */
export function ScheduleEditorView(props: ScheduleEditorProps) {
  const { team, draft, base, faults, showErrors, preview, conflict, focus } = props;
  const target =
    team === null
      ? ({ action: "create-schedule" } as const)
      : ({ action: "edit-schedule", params: { team } } as const);
  const state = { focus, faults: showErrors ? faults : [] };
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
        <ConflictNotice conflict={conflict} now={props.now} page="edit-schedule" team={draft.team} />
      )}
      <FaultSummary faults={state.faults} />
      <div class="columns editor">
        <ActionForm {...target} viewing={props} id="editor" redrawn>
          <EnterPreviews />
          <input type="hidden" name="base" value={base} autocomplete="off" />
          <input type="hidden" name="form" value={draft.form} autocomplete="off" />
          {team === null && (
            <TextField name="team" label="Team" value={draft.team} state={state} placeholder="checkout" />
          )}
          <div class="fields">
            <TextField
              name="timezone"
              label="Time zone"
              value={draft.timezone}
              state={state}
              list="timezones"
            />
            <label class="check" for="handoff_notices">
              <input
                type="checkbox"
                id="handoff_notices"
                name="handoff_notices"
                checked={draft.handoff_notices === "on"}
              />
              Mail who leaves and who comes at each handoff
            </label>
          </div>
          <datalist id="timezones">
            {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
              <option value={zone} />
            ))}
          </datalist>
          {draft.form === "simple" ? (
            <SimpleForm draft={draft} state={state} />
          ) : (
            <Layers layers={draft.layers} state={state} />
          )}
          <div class="toolbar">
            <div class="answers">
              <button type="submit" name="op" value="save" class="primary">
                {conflict ? "Save mine over theirs" : team === null ? "Create schedule" : "Save schedule"}
              </button>
              <button type="submit" name="op" value="preview" class="without-script">
                Preview
              </button>
              <a href={team === null ? pageHref("on-call") : pageHref("team-on-call", { team })}>Cancel</a>
            </div>
          </div>
        </ActionForm>
        <LivePreview {...target} form="editor" title="The next 4 weeks">
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

/** Both versions with their differences. */
export function ConflictNotice({
  conflict: { by, at, theirs, mine },
  now,
  page,
  team,
}: {
  readonly conflict: EditConflictInfo;
  readonly now: number;
  readonly page: PageName;
  readonly team: string;
}) {
  return (
    <section class="notice trouble" role="alert" aria-labelledby="conflict" tabindex={-1} autofocus>
      <h2 id="conflict">
        Not saved: <bdi>{by ?? "somebody"}</bdi> changed it
        {at !== null && ` ${formatSpan(now - at)} ago`}, after you opened it
      </h2>
      <div class="versions">
        <Version title="Theirs, in force now" lines={theirs} others={mine} />
        <Version title="Yours, below" lines={mine} others={theirs} />
      </div>
      <p>
        Save again to put yours in its place, or <a href={pageHref(page, { team })}>go on from theirs</a> and
        leave yours.
      </p>
    </section>
  );
}

function Version({
  title,
  lines,
  others,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly others: readonly string[];
}) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li>
            {others.includes(line) ? (
              <bdi>{line}</bdi>
            ) : (
              <mark>
                <bdi>{line}</bdi>
              </mark>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Shown instead of a preview. */
export function Unfinished({ faults }: Pick<FormState, "faults">) {
  return (
    <>
      <p class="quiet">It shows here as soon as this is filled in:</p>
      <FaultList faults={faults.slice(0, 8)} />
    </>
  );
}

interface PartProps {
  readonly state: FormState;
}

const words = <T extends string>(values: readonly T[]) => values.map((value) => [value, value] as const);

const shortDays = weekdays.map((day) => [day, shortDay(day)] as const);

function SimpleForm({ draft, state }: PartProps & { readonly draft: ScheduleDraft }) {
  return (
    <>
      <div class="fields turns-by">
        <SelectField
          name="rotation_type"
          label="Turns last"
          value={draft.rotation_type}
          state={state}
          options={[
            ["daily", "a day"],
            ["weekly", "a week"],
            ["biweekly", "two weeks"],
          ]}
        />
        <SelectField
          name="handoff_day"
          label="Handoff day"
          class="by-week"
          value={draft.handoff_day}
          state={state}
          options={words(weekdays)}
        />
        <TextField
          name="handoff_time"
          label="Handoff time"
          type="time"
          value={draft.handoff_time}
          state={state}
        />
        <TextField
          name="starts_on"
          label="Starts on"
          type="date"
          value={draft.starts_on}
          state={state}
          hint="Empty: at the latest handoff"
        />
      </div>
      <Members list="members" members={draft.members} state={state} roles />
      <button type="submit" name="op" value="layers" class="plain">
        More than this: layers, hours of duty, turns of any length
      </button>
    </>
  );
}

function Members({
  list,
  members,
  roles,
  state,
}: PartProps & {
  readonly list: string;
  readonly members: readonly { readonly name: string; readonly email: string; readonly role?: string }[];
  /** True if members have individual roles, false if they have their layer's. */
  readonly roles?: boolean;
}) {
  return (
    <fieldset class="rows" id={list}>
      <legend>
        Members <span class="quiet">in the order of their turns</span>
      </legend>
      <FaultsAt path={list} state={state} />
      <ol>
        {members.map(({ name, email, role }, index) => {
          const path = `${list}.${index}`;
          const what = `member ${index + 1}`;
          return (
            <li id={path} class={roles ? "member has-role" : "member"}>
              <TextField
                bare
                name={`${path}.name`}
                label={`Name of ${what}`}
                placeholder="Name"
                value={name}
                state={state}
              />
              <TextField
                bare
                type="email"
                name={`${path}.email`}
                label={`E-mail of ${what}`}
                placeholder="name@example.com"
                value={email}
                state={state}
              />
              {roles && (
                <SelectField
                  bare
                  name={`${path}.role`}
                  label={`Role of ${what}`}
                  value={role ?? "primary"}
                  state={state}
                  options={words(onCallRoles)}
                />
              )}
              <RowButtons path={path} what={what} state={state} />
              <FaultsAt path={path} state={state} />
            </li>
          );
        })}
      </ol>
      <AddButton list={list} state={state}>
        Member
      </AddButton>
    </fieldset>
  );
}

function Layers({ layers, state }: PartProps & { readonly layers: readonly LayerDraft[] }) {
  return (
    <div id="layers">
      {layers.length > 1 && (
        <p class="quiet">Of the layers of a role, the last one that has somebody on duty wins.</p>
      )}
      <FaultsAt path="layers" state={state} />
      {layers.map((layer, index) => (
        <LayerForm layer={layer} index={index} state={state} />
      ))}
      <AddButton list="layers" state={state}>
        Layer
      </AddButton>
    </div>
  );
}

function LayerForm({
  layer: { name, role, rotation, members, restrictions },
  index,
  state,
}: PartProps & { readonly layer: LayerDraft; readonly index: number }) {
  const path = `layers.${index}`;
  const turns = `${path}.rotation`;
  return (
    <fieldset class="layer" id={path}>
      <legend>Layer {index + 1}</legend>
      <RowButtons path={path} what={`layer ${index + 1}`} state={state} />
      <FaultsAt path={path} state={state} />
      <div class="fields">
        <TextField name={`${path}.name`} label="Name" value={name} state={state} placeholder="Day shift" />
        <SelectField
          name={`${path}.role`}
          label="Role"
          value={role}
          state={state}
          options={words(onCallRoles)}
        />
      </div>
      <div class="fields turns-by">
        <div class="pair">
          <TextField
            name={`${turns}.length`}
            label="Turns last"
            type="number"
            value={rotation.length}
            state={state}
          />
          <SelectField
            bare
            name={`${turns}.unit`}
            label="Unit of turns"
            value={rotation.unit}
            state={state}
            options={rotationUnits.map((unit) => [unit, `${unit}s`])}
          />
        </div>
        <SelectField
          name={`${turns}.handoff_day`}
          label="Handoff day"
          class="by-week"
          value={rotation.handoff_day}
          state={state}
          options={[["", "the day it starts"], ...words(weekdays)]}
        />
        <TextField
          name={`${turns}.handoff_time`}
          label="Handoff time"
          type="time"
          value={rotation.handoff_time}
          state={state}
        />
        <TextField
          name={`${turns}.starts_on`}
          label="Starts on"
          type="date"
          value={rotation.starts_on}
          state={state}
        />
      </div>
      <Members list={`${path}.members`} members={members} state={state} />
      <Restrictions list={`${path}.restrictions`} restrictions={restrictions} state={state} />
    </fieldset>
  );
}

function Restrictions({
  list,
  restrictions,
  state,
}: PartProps & { readonly list: string; readonly restrictions: readonly RestrictionDraft[] }) {
  return (
    <fieldset class="rows" id={list}>
      <legend>
        Hours of duty <span class="quiet">{restrictions.length === 0 ? "always" : "only then"}</span>
      </legend>
      <FaultsAt path={list} state={state} />
      <ol>
        {restrictions.map((hours, index) => (
          <HoursRow hours={hours} path={`${list}.${index}`} number={index + 1} state={state} />
        ))}
      </ol>
      <AddButton list={list} state={state}>
        Hours
      </AddButton>
    </fieldset>
  );
}

function HoursRow({
  hours,
  path,
  number,
  state,
}: PartProps & { readonly hours: RestrictionDraft; readonly path: string; readonly number: number }) {
  const what = `hours ${number}`;
  const field = (name: Exclude<keyof RestrictionDraft, "type">, label: string) => ({
    name: `${path}.${name}`,
    label: `${label} of ${what}`,
    value: hours[name],
    state,
    bare: true,
  });
  return (
    <li id={path} class="hours">
      <SelectField
        bare
        name={`${path}.type`}
        label={`Kind of ${what}`}
        value={hours.type}
        state={state}
        options={[
          ["daily", "daily"],
          ["weekly", "weekly"],
        ]}
      />
      <div class="edge">
        <SelectField class="by-week" options={shortDays} {...field("start_day", "First day")} />
        <TextField type="time" {...field("start", "Start")} />
      </div>
      <span aria-hidden="true">–</span>
      <div class="edge">
        <SelectField class="by-week" options={shortDays} {...field("end_day", "Last day")} />
        <TextField type="time" {...field("end", "End")} />
      </div>
      <RowButtons path={path} what={what} state={state} />
      <FaultsAt path={path} state={state} />
    </li>
  );
}

function Deletion({ team, ...viewing }: Viewing & { readonly team: string }) {
  return (
    <details class="fold" id="deletion">
      <summary>Delete this schedule</summary>
      <ActionForm action="delete-schedule" params={{ team }} viewing={viewing} class="stack" plain>
        <p>
          Nobody will be on call for <bdi>{team}</bdi> any more, and its overrides end. An incident then pages
          the users whom the escalation policy names, or the fallback address.
        </p>
        <label for="confirm">
          Type <bdi>{team}</bdi> to confirm
        </label>
        <input id="confirm" name="confirm" autocomplete="off" />
        <button type="submit">Delete schedule</button>
      </ActionForm>
    </details>
  );
}
