import type { Person } from "../../domain/incidents/incident.ts";
import type { Viewing } from "../site/viewer.ts";
import { type FieldState, LabelledInput } from "./field.tsx";

/** As forms take people: `Ada <ada@example.com>`. */
export function formatPerson({ name, email }: Person): string {
  return `${name} <${email}>`;
}

/** Asks for a person; whoever looks at the page, unless they say otherwise. */
export function PersonInput({
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
    <LabelledInput
      field={field}
      label={label}
      value={personText(viewing.viewer.name, people)}
      list="people"
      placeholder="Ada <ada@example.com>"
      required
    />
  );
}

/** Who somebody says they are, as a form takes it, if it can be told from their name. */
function personText(name: string | null, people: readonly Person[]): string {
  if (name === null) return "";
  const known = people.find((each) => each.name === name || each.email === name.toLowerCase());
  if (known) return formatPerson(known);
  return name.includes("@") ? name : "";
}

/** Whom forms of a page suggest. */
export function PeopleList({ people }: { readonly people: readonly Person[] }) {
  return (
    <datalist id="people">
      {people.map((person) => (
        <option value={formatPerson(person)} />
      ))}
    </datalist>
  );
}
