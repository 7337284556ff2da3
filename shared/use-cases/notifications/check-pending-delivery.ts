import type { NotificationStore } from "../ports/notifications.ts";

/** Returns true if a notification is still to be delivered: not sent, suppressed or given up. */
export async function isDeliveryPending(
  { notifications }: { readonly notifications: Pick<NotificationStore, "find"> },
  id: string,
): Promise<boolean> {
  return (await notifications.find(id))?.status === "queued";
}
