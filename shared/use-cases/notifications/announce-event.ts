import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import { newNotification } from "../../domain/notifications/notification.ts";
import {
  type Announcement,
  announcementOf,
  announcementOfNote,
} from "../../domain/notifications/team-channel.ts";
import { isUserGroup } from "../../domain/notifications/user-group.ts";
import type { IncidentEventStore } from "../ports/incidents.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import type { Digest } from "../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

export interface AnnounceDeps extends QueueNotificationsDeps {
  readonly teamChannels: TeamChannelStore;
  readonly incidentEvents: Pick<IncidentEventStore, "findNote">;
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
  if (said) await announce(deps, { event, incident, said }, now, context);
}

/** Notifies a team's channels of a note, if they subscribe to notes. Reads the note, and then the channels. */
export async function announceNote(
  deps: AnnounceDeps,
  event: IncidentEvent & { readonly type: "noted" },
  incident: Incident,
  now: number,
  context: () => Promise<MessageContext>,
): Promise<void> {
  const note = await deps.incidentEvents.findNote(incident.id, event.noteId);
  if (!note) return;
  const said = announcementOfNote(note, incident);
  const { thread } = note;
  await announce(deps, { event, incident, said, ...(thread !== undefined && { thread }) }, now, context);
}

interface Occurrence {
  readonly event: IncidentEvent;
  readonly incident: Incident;
  readonly said: Announcement;
  /** Thread that shows it already. */
  readonly thread?: string;
}

async function announce(
  deps: AnnounceDeps,
  { event, incident, said, thread }: Occurrence,
  now: number,
  context: () => Promise<MessageContext>,
): Promise<void> {
  const team = event.type === "escalated" ? event.team : incident.team;
  const channels = (await deps.teamChannels.find(team)).filter(
    (channel) => channel.events.includes(said.event) && !isUserGroup(channel),
  );
  if (channels.length === 0) return;
  const { number: incident_number, service } = incident;
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
      metadata: {
        event: said.event,
        incident_number,
        service,
        team,
        ...(thread !== undefined && { thread }),
      },
      createdAt: event.at,
    }),
  );
  await queueNotifications(deps, announcements, now, await context());
}
