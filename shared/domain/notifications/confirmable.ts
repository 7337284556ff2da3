/** Notifications that a person confirms to have received, without an incident. */

import { dayMs } from "../time-units.ts";
import type { Notification } from "./notification.ts";

/** Text in a stored message in place of the code, which is inserted when it is sent. */
const placeholder = "******";

/** Returns true for a notification with a link, a key or a reply that only confirms that it was received. */
export function isConfirmable({ kind }: Pick<Notification, "kind">): boolean {
  return kind === "verification" || kind === "drill";
}

/** Returns the label of the link or button. A drill is answered like a page. */
export function confirmLabel({ kind }: Pick<Notification, "kind">): string {
  return kind === "drill" ? "Acknowledge" : "Confirm";
}

/** Returns true for a drill that was sent in the last day. */
export function isAwaited(
  { status, createdAt }: Pick<Notification, "status" | "createdAt">,
  now: number,
): boolean {
  return status === "sent" && now - createdAt < dayMs;
}

/** Returns the message that verifies a contact method, without its code. */
export function verificationMessage(minutes: number): string {
  return `Your verification code is ${placeholder}\nEnter it within ${minutes} minutes on your page under Settings, Users. If you did not request it, ignore this message.`;
}

/** Returns the notification with the code in its message. */
export function withCodeInMessage(notification: Notification, code: string): Notification {
  return { ...notification, message: notification.message.replace(placeholder, code) };
}

/** Returns the codes in the message of a verification, which are secrets. */
export function codesIn({ kind, message }: Pick<Notification, "kind" | "message">): readonly string[] {
  return kind === "verification" ? (message.match(/\b\d{6}\b/g) ?? []) : [];
}
