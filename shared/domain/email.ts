/** Email addresses, which people are known by. */
import { limits } from "./limits.ts";
import { isPrintable } from "./text/printable.ts";

/** Practical subset of RFC 5321 mailboxes. */
export const emailPattern =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

export function isEmail(address: string): boolean {
  return address.length <= limits.emailLength && emailPattern.test(address);
}

/** Returns the lower-case email address of a recipient, if it is one. */
export function emailIn(recipient: string): string | undefined {
  const email = recipient.trim();
  // Compared before it is lower-cased, which turns the Kelvin sign into a "k" of someone else's address.
  return isPrintable(recipient) && isEmail(email) ? email.toLowerCase() : undefined;
}
