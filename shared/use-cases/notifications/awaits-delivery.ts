import type { NotificationStore } from "../ports/notifications.ts";

/** Tells whether a notification is still to be delivered: it is neither sent nor suppressed, and nobody gave it up. */
export async function awaitsDelivery(
  { notifications }: { readonly notifications: Pick<NotificationStore, "find"> },
  id: string,
): Promise<boolean> {
  return (await notifications.find(id))?.status === "queued";
}
