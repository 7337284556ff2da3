import type { IncidentStore } from "../../ports/incidents.ts";
import type { NotificationStore } from "../../ports/notifications.ts";

export interface HasIncidentDeps {
  readonly notifications: Pick<NotificationStore, "list">;
  readonly incidents: Pick<IncidentStore, "findAll">;
}

/** Latest notifications of a person that are searched. */
const searched = 50;

/**
 * Returns true if a person was notified of an incident since a time, or of one that is unresolved. A drill must not disturb
 * them then. Reads 50 notifications, and the incidents of earlier ones.
 */
export async function hasIncident(
  { notifications, incidents }: HasIncidentDeps,
  recipient: string,
  since: number,
): Promise<boolean> {
  const { items } = await notifications.list({ recipient }, { limit: searched, after: null });
  const about = items.filter(({ incidentId }) => incidentId !== null);
  if (about.some(({ createdAt }) => createdAt >= since)) return true;
  const found = await incidents.findAll([...new Set(about.flatMap(({ incidentId }) => incidentId ?? []))]);
  return found.some(({ status }) => status !== "resolved");
}
