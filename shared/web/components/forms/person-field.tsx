import type { Person } from "../../../domain/person.ts";
import { formatPerson } from "../../site/forms/person-input.ts";
import type { Viewer, Viewing } from "../../site/viewer.ts";
import type { FieldState } from "./field-state.ts";
import { TextField } from "./fields.tsx";

/** Field for a person. Default: the viewer. */
export function PersonField({
  field,
  label,
  viewing,
  people,
}: {
  readonly field: FieldState;
  readonly label: string;
  readonly viewing: Viewing;
  readonly people: readonly Person[];
}) {
  return (
    <TextField
      field={field}
      label={label}
      value={personText(viewing.viewer, people)}
      list="people"
      placeholder="Ada <ada@example.com>"
      required
    />
  );
}

/** Returns the viewer as a person, if their name identifies one. */
function personText({ name, email }: Viewer, people: readonly Person[]): string {
  if (name === null) return "";
  if (email !== undefined)
    return formatPerson(people.find((each) => each.email === email) ?? { name, email });
  const known = people.find((each) => each.name === name || each.email === name.toLowerCase());
  if (known) return formatPerson(known);
  return name.includes("@") ? name : "";
}

/** Returns people to suggest, once each: those who are most likely, then other users. */
export function suggestedPeople(likely: readonly Person[], users: readonly Person[]): Person[] {
  const emails = new Set(likely.map(({ email }) => email));
  return [...likely, ...users.filter(({ email }) => !emails.has(email))];
}

/** People that the fields of a page suggest. */
export function PeopleList({ people }: { readonly people: readonly Person[] }) {
  return (
    <datalist id="people">
      {people.map((person) => (
        <option value={formatPerson(person)} />
      ))}
    </datalist>
  );
}
