import * as z from "zod";
import { person } from "../../../contracts/fields.ts";

/** `Ada <ada@example.com>`, or only the address. */
export const personInput = z.string().transform((value, context) => {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(value) ?? [];
  const email = address ?? value.trim();
  const result = person.safeParse({ name: name || email, email });
  if (result.success) return result.data;
  context.addIssue("must be an email address, or a name and address such as Ada <ada@example.com>");
  return z.NEVER;
});
