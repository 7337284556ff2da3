import { hmac } from "./hmac.ts";

const digits = 6;

/**
 * Returns the code of a notification that verifies a contact method. It is derived, so that neither the notification nor
 * its queue contains it, and each attempt to deliver the notification sends the same.
 */
export function verificationCode(notificationId: string, secret: string): string {
  const number = hmac(secret, `code ${notificationId}`).readUIntBE(0, 6) % 10 ** digits;
  return String(number).padStart(digits, "0");
}
