/** A person as schedules, incidents and messages name them. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Reads `Ada <ada@example.com>`, an address or a name. The address is in lower case. */
export function readActor(actor: string): { readonly name: string; readonly address: string } {
  const [, name = "", bracketed] = /^(.*?)\s*<([^<>]*)>\s*$/s.exec(actor) ?? [];
  const address = (bracketed ?? actor).trim().toLowerCase();
  return { name: name.trim() || address, address };
}

/** Names that a person acts under, in lower case. Slack's default is the part of the email before the @. */
export function namesOf({ name, email }: Person): string[] {
  return [email, name, email.split("@")[0] ?? email].map((each) => each.toLowerCase());
}

/** Returns true if a person acts under this name or address. */
export function isActor(person: Person, actor: string): boolean {
  return namesOf(person).includes(readActor(actor).address);
}
