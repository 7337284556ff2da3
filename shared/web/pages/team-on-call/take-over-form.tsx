import type { Person } from "../../../domain/person.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { attributesOf, FieldFault, fieldsOf } from "../../components/forms/field.tsx";
import { PersonInput } from "../../components/forms/person-field.tsx";
import type { Viewing } from "../../site/viewer.ts";

export const takeOverHours = [1, 2, 4, 8, 12, 24] as const;
const usualHours = 4;

/** Props of forms that put a person on call. */
export interface TakeOverProps {
  readonly viewing: Viewing;
  readonly team: string;
  readonly timezone: string;
  readonly people: readonly Person[];
}

/** Form that makes a person primary for the next hours. */
export function TakeOverForm({ viewing, team, timezone, people }: TakeOverProps) {
  const field = fieldsOf("take-over", viewing.formErrors);
  const [person, hours] = [field("person"), field("hours")];
  return (
    <ActionForm action="take-over" params={{ team }} viewing={viewing} class="take-over">
      <input type="hidden" name="timezone" value={timezone} />
      <div>
        <PersonInput field={person} label="Person" viewing={viewing} people={people} />
      </div>
      <div>
        <label for={hours.id}>Duration</label>
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
      <FieldFault field={hours} />
    </ActionForm>
  );
}
