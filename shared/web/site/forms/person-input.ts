/** People in one field of a form: `Ada <ada@example.com>`, or only the address. */
import * as z from "zod";
import { person } from "../../../contracts/fields.ts";
import type { Fault } from "../../../domain/errors.ts";
import type { Person } from "../../../domain/person.ts";

export function formatPerson({ name, email }: Person): string {
  return `${name} <${email}>`;
}

/** Splits the text of a field, without validation. */
export function readPerson(text: string): Person {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(text) ?? [];
  const email = address ?? text.trim();
  return { name: name || email, email };
}

const notPerson = "must be an email address, or a name and address such as Ada <ada@example.com>";

export const personInput = z.string().transform((value, context) => {
  const result = person.safeParse(readPerson(value));
  if (result.success) return result.data;
  context.addIssue(notPerson);
  return z.NEVER;
});

/** Maps faults of the people in a list, such as `members.0.email`, to their fields, once each. */
export function personFaults(faults: readonly Fault[], list: string, field = "person"): Fault[] {
  const part = new RegExp(`(^|\\.)(${list}\\.\\d+)\\.(name|email)$`);
  const mapped = faults.map((fault) =>
    part.test(fault.path)
      ? { path: fault.path.replace(/\.(name|email)$/, `.${field}`), message: notPerson }
      : fault,
  );
  return [...new Map(mapped.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}
