import type { Person } from "../../../domain/person.ts";
import { count } from "../../../domain/text/count.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { SelectField } from "../../components/forms/fields.tsx";
import { PersonField } from "../../components/forms/person-field.tsx";
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
  return (
    <ActionForm action="take-over" params={{ team }} viewing={viewing} class="take-over">
      <input type="hidden" name="timezone" value={timezone} />
      <PersonField field={field("person")} label="Person" viewing={viewing} people={people} />
      <SelectField
        field={field("hours")}
        label="Duration"
        value={String(usualHours)}
        options={takeOverHours.map((each) => [String(each), count(each, "hour")])}
      />
      <button type="submit" class="primary">
        Take over
      </button>
    </ActionForm>
  );
}
