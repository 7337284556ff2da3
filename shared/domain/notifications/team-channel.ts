/** Announcements to a team's own channels. */
import { byActor, describeEvent, namesOf, subjectOf } from "../incidents/event-labels.ts";
import type { Incident } from "../incidents/incident.ts";
import type { IncidentEvent, Note } from "../incidents/incident-event.ts";
import type { ContactMethod } from "./notification.ts";

export const announcedEvents = [
  "triggered",
  "escalated",
  "acknowledged",
  "snoozed",
  "reopened",
  "resolved",
  "noted",
] as const;
export type AnnouncedEvent = (typeof announcedEvents)[number];

/** Events of a channel that names none. People talk a lot, so notes are announced on request. */
export const defaultEvents = announcedEvents.filter((event) => event !== "noted");

export interface TeamChannel extends ContactMethod {
  readonly events: readonly AnnouncedEvent[];
}

/** An event of an incident, and the message that announces it. */
export interface Announcement {
  readonly event: AnnouncedEvent;
  readonly message: string;
}

/** Returns the announcement of a note. */
export function announcementOfNote({ author, content }: Note, incident: Incident): Announcement {
  return { event: "noted", message: `Note${byActor(author)}: ${subjectOf(incident)}\n${content}` };
}

/** Returns the announcement of an event; undefined if team channels are not notified of it. */
export function announcementOf(event: IncidentEvent, incident: Incident): Announcement | undefined {
  const subject = subjectOf(incident);
  switch (event.type) {
    case "opened":
      return { event: "triggered", message: `Triggered: ${subject}` };
    case "escalated": {
      const escalated = `Escalated${byActor(event.actor)} to ${namesOf(event.recipients)}`;
      return { event: "escalated", message: `${escalated}: ${subject}` };
    }
    case "acknowledged":
    case "snoozed":
    case "reopened":
    case "resolved":
      return { event: event.type, message: `${describeEvent(event)}: ${subject}` };
    case "merged":
      return { event: "resolved", message: `${describeEvent(event)}: ${subject}` };
    default:
      return undefined;
  }
}
