/** Announcements to a team's own channels. */
import { byActor, describeEvent, namesOf, subjectOf } from "../incidents/event-labels.ts";
import type { Incident } from "../incidents/incident.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import type { ContactMethod } from "./notification.ts";

export const announcedEvents = [
  "triggered",
  "escalated",
  "acknowledged",
  "snoozed",
  "reopened",
  "resolved",
] as const;
export type AnnouncedEvent = (typeof announcedEvents)[number];

export interface TeamChannel extends ContactMethod {
  readonly events: readonly AnnouncedEvent[];
}

/** Returns the announcement of an event; undefined if team channels are not notified of it. */
export function announcementOf(
  event: IncidentEvent,
  incident: Incident,
): { readonly event: AnnouncedEvent; readonly message: string } | undefined {
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
