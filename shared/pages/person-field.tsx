import type { Person } from "../domain/incident.ts";

/** As forms take people: `Ada <ada@example.com>`. */
export function formatPerson({ name, email }: Person): string {
  return `${name} <${email}>`;
}

/** Who somebody says they are, as a form takes it, if it can be told from their name. */
export function personText(name: string | null, people: readonly Person[]): string {
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
