import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import { newNotification } from "../../domain/notifications/notification.ts";
import { announcementOf } from "../../domain/notifications/team-channel.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import type { Digest } from "../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

export interface AnnounceDeps extends QueueNotificationsDeps {
  readonly teamChannels: TeamChannelStore;
  readonly digest: Digest;
}

/**
 * Notifies a team's own channels of an incident event.
 *
 * @param context read only if the team has channels for the event
 */
export async function announceEvent(
  deps: AnnounceDeps,
  event: IncidentEvent,
  incident: Incident,
  now: number,
  context: () => Promise<MessageContext>,
): Promise<void> {
  const said = announcementOf(event, incident);
  if (!said) return;
  const team = event.type === "escalated" ? event.team : incident.team;
  const channels = (await deps.teamChannels.find(team)).filter(({ events }) => events.includes(said.event));
  if (channels.length === 0) return;
  const announcements = channels.map(({ channel, address }) =>
    newNotification({
      id: idPrefixes.notification + deps.digest(JSON.stringify([event.id, team, channel, address])),
      kind: "announcement",
      incidentId: incident.id,
      channel,
      recipient: `team:${team}`,
      address,
      message: said.message,
      severity: incident.severity,
      metadata: { event: said.event, incident_number: incident.number, service: incident.service, team },
      createdAt: event.at,
    }),
  );
  await queueNotifications(deps, announcements, now, await context());
}
