import type { Person } from "../domain/incident.ts";
import { ActionForm } from "./action-form.tsx";
import { attributesOf, FieldFault, fieldsOf } from "./field.tsx";
import { personText } from "./person-field.tsx";
import type { Viewing } from "./viewer.ts";

export const takeOverHours = [1, 2, 4, 8, 12, 24] as const;
const usualHours = 4;

/** Becoming the primary now, for some hours. */
export function TakeOverForm({
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
  const field = fieldsOf("take-over", viewing.refused);
  const [person, hours] = [field("person"), field("hours")];
  return (
    <ActionForm action="take-over" params={{ team }} viewing={viewing} class="take-over">
      <input type="hidden" name="timezone" value={timezone} />
      <div>
        <label for={person.id}>Who</label>
        <input
          {...attributesOf(person)}
          value={person.sent ?? personText(viewing.visitor.name, people)}
          list="people"
          placeholder="Ada <ada@example.com>"
          autocomplete="off"
          required
        />
      </div>
      <div>
        <label for={hours.id}>For the next</label>
        <select {...attributesOf(hours)}>
          {takeOverHours.map((each) => (
            <option value={each} selected={String(each) === (hours.sent ?? String(usualHours))}>
              {each} {each === 1 ? "hour" : "hours"}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="primary">
        Take over
      </button>
      <FieldFault field={person} />
      <FieldFault field={hours} />
    </ActionForm>
  );
}
