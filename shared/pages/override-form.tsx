import type { Person } from "../domain/incident.ts";
import { limits } from "../domain/limits.ts";
import { onCallRoles } from "../domain/schedule.ts";
import { dayMs } from "../domain/wall-clock.ts";
import { ActionForm } from "./action-form.tsx";
import { apart } from "./answer-words.ts";
import { attributesOf, FieldFault, fieldsOf } from "./field.tsx";
import { fieldTime } from "./local-time.ts";
import { personText } from "./person-field.tsx";
import type { Viewing } from "./viewer.ts";

/** Letting somebody take over between two times on the wall. */
export function OverrideForm({
  viewing,
  team,
  timezone,
  people,
}: {
  readonly viewing: Viewing;
  readonly team: string;
  readonly timezone: string;
  readonly people: readonly Person[];
}) {
  const field = fieldsOf("override-on-call", viewing.refused);
  const refused = viewing.refused?.action === "override-on-call";
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
    <details class="fold" id="override" open={refused}>
      <summary>New override</summary>
      <ActionForm action="override-on-call" params={{ team }} viewing={viewing} class="stack">
        <input type="hidden" name="timezone" value={timezone} />
        <label for={person.id}>Who takes over</label>
        <input
          {...attributesOf(person)}
          value={person.sent ?? personText(viewing.visitor.name, people)}
          list="people"
          placeholder="Ada <ada@example.com>"
          autocomplete="off"
          required
        />
        <FieldFault field={person} />
        {times.map(({ label, usual, ...time }) => (
          <>
            <label for={time.id}>
              {label}, by the clocks of {timezone}
            </label>
            <input
              {...attributesOf(time)}
              type="datetime-local"
              value={time.sent ?? fieldTime(usual, timezone)}
              required
            />
            <FieldFault field={time} />
          </>
        ))}
        <label for={role.id}>As</label>
        <select {...attributesOf(role)}>
          {onCallRoles.map((each) => (
            <option value={each} selected={each === role.sent}>
              {each}
            </option>
          ))}
        </select>
        <label for={replaces.id}>In place of</label>
        <select {...attributesOf(replaces)}>
          <option value="">whoever it would be</option>
          {people.map(({ name, email }) => (
            <option value={email} selected={email === replaces.sent}>
              {apart(name)}, only while it is their turn
            </option>
          ))}
        </select>
        <FieldFault field={replaces} />
        <label for={reason.id}>Reason</label>
        <input {...attributesOf(reason)} value={reason.sent ?? ""} maxlength={limits.messageLength} />
        <FieldFault field={reason} />
        <button type="submit">Make the override</button>
      </ActionForm>
    </details>
  );
}
