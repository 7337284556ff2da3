import type { Channel } from "../../channels/channel-type.ts";
import { noContext } from "../../domain/notifications/message-context.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { NotificationStore } from "../ports/notifications.ts";

interface WithdrawDeps {
  readonly incidents: IncidentStore;
  readonly notifications: NotificationStore;
  readonly channels: Readonly<Record<string, Channel>>;
}

/**
 * Takes back a page that needs no answer anymore, unless the incident is open again.
 *
 * @param decidedAt pages that were sent later stay
 */
export async function withdrawPage(deps: WithdrawDeps, id: string, decidedAt: number): Promise<void> {
  const notification = await deps.notifications.find(id);
  if (!notification || notification.incidentId === null) return;
  const incident = await deps.incidents.find(notification.incidentId);
  if (!incident || incident.status === "open") return;
  await deps.channels[notification.channel]?.withdraw?.({
    notification,
    incident,
    links: null,
    webhook: null,
    note: null,
    context: noContext,
    acceptsReplies: false,
    emailReply: null,
    at: decidedAt,
  });
}
