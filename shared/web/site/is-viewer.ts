import type { Person } from "../../domain/person.ts";
import type { Viewer } from "./viewer.ts";

/** Returns true if a person is the viewer: has their verified email, or the name or email that they act under. */
export function isViewer(person: Person | null, viewer: Pick<Viewer, "name" | "email">): boolean {
  if (person === null) return false;
  const email = person.email.toLowerCase();
  if (viewer.email !== undefined) return email === viewer.email;
  const name = viewer.name?.toLowerCase();
  return name !== undefined && (email === name || person.name.toLowerCase() === name);
}
