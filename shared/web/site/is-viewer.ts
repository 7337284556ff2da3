import type { Person } from "../../domain/person.ts";

/** Returns true if a person has the viewer's name or email address. */
export function isViewer(person: Person | null, viewer: { readonly name: string | null }): boolean {
  const name = viewer.name?.toLowerCase();
  return (
    person !== null &&
    name !== undefined &&
    (person.email.toLowerCase() === name || person.name.toLowerCase() === name)
  );
}
