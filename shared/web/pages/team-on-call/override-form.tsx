import { limits } from "../../../domain/limits.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import { dayMs } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { attributesOf, FieldFault, fieldsOf, LabelledInput } from "../../components/forms/field.tsx";
import { PersonInput } from "../../components/forms/person-field.tsx";
import { isolate } from "../../components/isolate.ts";
import { fieldTime } from "../../components/local-time.ts";
import type { TakeOverProps } from "./take-over-form.tsx";

/** Form that creates an override between two local times. */
export function OverrideForm({ viewing, team, timezone, people }: TakeOverProps) {
  const field = fieldsOf("override-on-call", viewing.formErrors);
  const formErrors = viewing.formErrors?.action === "override-on-call";
  const [person, role, replaces, reason] = [
    field("person"),
    field("role"),
    field("replaces"),
    field("reason"),
  ];
  const times = [
    { ...field("from"), label: "From", usual: viewing.now },
    { ...field("to"), label: "To", usual: viewing.now + dayMs },
  ];
  return (
    <details class="fold" id="override" open={formErrors}>
      <summary>New override</summary>
      <ActionForm action="override-on-call" params={{ team }} viewing={viewing} class="stack">
        <input type="hidden" name="timezone" value={timezone} />
        <PersonInput field={person} label="Person to put on call" viewing={viewing} people={people} />
        {times.map(({ label, usual, ...time }) => (
          <LabelledInput
            field={time}
            label={`${label} (${timezone})`}
            type="datetime-local"
            value={fieldTime(usual, timezone)}
            required
          />
        ))}
        <label for={role.id}>Role</label>
        <select {...attributesOf(role)}>
          {onCallRoles.map((each) => (
            <option value={each} selected={each === role.sent}>
              {capitalize(each)}
            </option>
          ))}
        </select>
        <label for={replaces.id}>Replaces</label>
        <select {...attributesOf(replaces)}>
          <option value="">Anyone on call</option>
          {people.map(({ name, email }) => (
            <option value={email} selected={email === replaces.sent}>
              {isolate(name)}, only while on call
            </option>
          ))}
        </select>
        <FieldFault field={replaces} />
        <LabelledInput field={reason} label="Reason (optional)" maxlength={limits.messageLength} />
        <button type="submit">Create override</button>
      </ActionForm>
    </details>
  );
}
