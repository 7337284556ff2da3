import type * as z from "zod";
import { redactedAddress } from "../../channels/address.ts";
import type { Note } from "../../domain/incidents/incident-event.ts";
import type { TimelineEntry } from "../../domain/incidents/timeline.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { formatInstant } from "../../domain/time.ts";
import { presentEvent, type timelineEntryResource } from "./incident.ts";

type Entry = z.input<typeof timelineEntryResource>;

export function presentTimelineEntry(entry: TimelineEntry): Entry {
  switch (entry.kind) {
    case "event":
      return presentEvent(entry.event);
    case "note":
      return presentNoteEntry(entry.note);
    case "notification":
      return presentPage(entry.notification);
  }
}

function presentNoteEntry({ id, author, content, createdAt }: Note): Entry {
  return {
    id,
    at: formatInstant(createdAt),
    type: "note",
    actor: author,
    message: content,
    details: {},
  };
}

function presentPage(notification: Notification): Entry {
  const { id, status, simulated, channel, recipient, createdAt, attempts } = notification;
  const shown = redactedAddress(channel, recipient);
  return {
    id,
    at: formatInstant(createdAt),
    type: "notification",
    actor: null,
    message: `${shown} by ${channel}: ${simulated ? "printed to the console" : status}`,
    details: { status, simulated, channel, recipient: shown, attempts: attempts.length },
  };
}
