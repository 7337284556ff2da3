/** Pseudonyms that replace people whose data was erased. */
import type { Person } from "../../person.ts";

/** Reserved by RFC 2606, so that no message can arrive there. */
const suffix = "@forgotten.invalid";

/** Returns the pseudonym of a person. @param random text of which the first eight letters and digits are used */
export function pseudonymOf(random: string): Person {
  const id = random
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .slice(0, 8);
  return { name: `Former member ${id}`, email: `former-${id}${suffix}` };
}

/** Returns true for the address of a pseudonym, at which no one can be reached. */
export function isPseudonym(email: string): boolean {
  return email.endsWith(suffix);
}
