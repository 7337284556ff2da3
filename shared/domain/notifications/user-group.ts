import type { ContactMethod } from "./notification.ts";

/** Returns true for a user group of Slack, whose members follow the schedule. Nothing is written to it. */
export function isUserGroup({ channel, address }: Pick<ContactMethod, "channel" | "address">): boolean {
  return channel === "slack" && /^S[A-Z0-9]{8,31}$/.test(address);
}
