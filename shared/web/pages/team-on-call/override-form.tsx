import { limits } from "../../../domain/limits.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import { dayMs } from "../../../domain/time-units.ts";
import { wallClock, wallClockAt } from "../../../domain/wall-clock.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { PersonField } from "../../components/forms/person-field.tsx";
import { isolate } from "../../components/isolate.ts";
import { fieldTime } from "../../components/local-time.ts";
import type { TakeOverProps } from "./take-over-form.tsx";

/** Form that creates an override between two local times. */
export function OverrideForm({
  viewing,
  team,
  timezone,
  people,
  day,
}: TakeOverProps & {
  /** The local date to override. Default: the next 24 hours. */
  readonly day?: string | undefined;
}) {
  const field = fieldsOf("override-on-call", viewing.formErrors);
  const formErrors = viewing.formErrors?.action === "override-on-call";
  const midnight = day === undefined ? undefined : wallClock(`${day}T00:00`);
  const from = midnight ?? wallClockAt(viewing.now, timezone);
  const to = midnight === undefined ? wallClockAt(viewing.now + dayMs, timezone) : midnight + dayMs;
  const times = [
    { ...field("from"), label: "From", usual: from },
    { ...field("to"), label: "To", usual: to },
  ];
  return (
    <details class="fold" id="override" open={formErrors || day !== undefined}>
      <summary>New override</summary>
      <ActionForm action="override-on-call" params={{ team }} viewing={viewing} class="stack">
        <input type="hidden" name="timezone" value={timezone} />
        <PersonField
          field={field("person")}
          label="Person to put on call"
          viewing={viewing}
          people={people}
        />
        {times.map(({ label, usual, ...time }) => (
          <TextField
            field={time}
            label={`${label} (${timezone})`}
            type="datetime-local"
            value={fieldTime(usual)}
            required
          />
        ))}
        <SelectField field={field("role")} label="Role" options={optionsOf(onCallRoles)} />
        <SelectField
          field={field("replaces")}
          label="Replaces"
          options={[
            ["", "Anyone on call"],
            ...people.map(({ name, email }) => [email, `${isolate(name)}, only while on call`] as const),
          ]}
        />
        <TextField field={field("reason")} label="Reason (optional)" maxlength={limits.messageLength} />
        <button type="submit">Create override</button>
      </ActionForm>
    </details>
  );
}
