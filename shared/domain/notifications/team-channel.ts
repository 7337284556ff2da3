/** Announcements to a team's own channels. */
import type { Incident } from "../incidents/incident.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import type { ContactMethod } from "./notification.ts";

export const announcedEvents = ["triggered", "escalated", "acknowledged", "resolved"] as const;
export type AnnouncedEvent = (typeof announcedEvents)[number];

export interface TeamChannel extends ContactMethod {
  readonly events: readonly AnnouncedEvent[];
}

/** Returns the announcement of an event; undefined if team channels are not notified of it. */
export function announcementOf(
  event: IncidentEvent,
  incident: Incident,
): { readonly event: AnnouncedEvent; readonly message: string } | undefined {
  const subject = `#${incident.number} ${incident.title}`;
  const by = event.actor === null ? "" : ` by ${event.actor}`;
  switch (event.type) {
    case "opened":
      return { event: "triggered", message: `Triggered: ${subject}` };
    case "escalated": {
      const to = event.recipients.map(({ name, email }) => name ?? email).join(", ");
      return { event: "escalated", message: `Escalated${by} to ${to}: ${subject}` };
    }
    case "acknowledged":
      return { event: "acknowledged", message: `Acknowledged${by}: ${subject}` };
    case "resolved":
      return { event: "resolved", message: `Resolved${by}: ${subject}` };
    default:
      return undefined;
  }
}
