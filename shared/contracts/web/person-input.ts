import * as z from "zod";
import { person } from "../fields.ts";

/** `Ada <ada@example.com>`, or the address alone. */
export const personInput = z.string().transform((value, context) => {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(value) ?? [];
  const email = address ?? value.trim();
  const result = person.safeParse({ name: name || email, email });
  if (result.success) return result.data;
  context.addIssue("must be like Ada <ada@example.com>, or an e-mail address");
  return z.NEVER;
});
