import type { Notification } from "../../domain/notifications/notification.ts";

/** Returns the ID that a provider gave to the last message or call of a notification; undefined if it accepted none. */
export function providerIdOf({ attempts }: Pick<Notification, "attempts">): string | undefined {
  return /^20\d ([\w-]{2,64})$/.exec(attempts.findLast(({ ok }) => ok)?.detail ?? "")?.[1];
}
