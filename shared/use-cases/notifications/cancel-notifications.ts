import { StaleVersion } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { needlessness, suppressed } from "../../domain/notifications/delivery.ts";
import type { NotificationStore } from "../ports/notifications.ts";

/** Takes back what waits to be sent about an incident that somebody has answered; what is under way goes on. */
export async function cancelNotifications(
  { notifications }: { readonly notifications: NotificationStore },
  incident: Incident,
): Promise<void> {
  let after: string | null = null;
  do {
    const page = await notifications.list(
      { incidentId: incident.id, status: "queued" },
      { limit: limits.pageSize, after },
    );
    for (const notification of page.items) {
      const reason = needlessness(notification, incident);
      if (reason === null || notification.claimedUntil !== null) continue;
      await notifications.save(suppressed(notification, reason)).catch(ignoreStale);
    }
    after = page.next;
  } while (after !== null);
}

/** Somebody is delivering it, and asks about the incident too. */
function ignoreStale(error: unknown): void {
  if (!(error instanceof StaleVersion)) throw error;
}
