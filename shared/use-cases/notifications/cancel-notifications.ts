import { StaleVersion } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { suppressed, suppressionReason } from "../../domain/notifications/delivery.ts";
import type { NotificationStore } from "../ports/notifications.ts";

/** Cancels pending notifications of an acknowledged or resolved incident. Deliveries in progress continue. */
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
      const reason = suppressionReason(notification, incident);
      if (reason === null || notification.claimedUntil !== null) continue;
      await notifications.save(suppressed(notification, reason)).catch(ignoreStale);
    }
    after = page.next;
  } while (after !== null);
}

/** A concurrent delivery reads the incident itself. */
function ignoreStale(error: unknown): void {
  if (!(error instanceof StaleVersion)) throw error;
}
