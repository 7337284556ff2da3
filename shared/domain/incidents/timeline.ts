import type { Notification } from "../notifications/notification.ts";
import type { IncidentEvent, Note } from "./incident-event.ts";

/** One entry of an incident's timeline; `at` is epoch milliseconds. */
export type TimelineEntry =
  | { readonly kind: "event"; readonly at: number; readonly event: IncidentEvent }
  | { readonly kind: "note"; readonly at: number; readonly note: Note }
  | { readonly kind: "notification"; readonly at: number; readonly notification: Notification };

/** Builds the timeline, oldest first. A note appears itself, not the event about it. */
export function timelineOf(
  events: readonly IncidentEvent[],
  notes: readonly Note[],
  notifications: readonly Notification[],
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...events
      .filter(({ type }) => type !== "noted")
      .map((event) => ({ kind: "event" as const, at: event.at, event })),
    ...notes.map((note) => ({ kind: "note" as const, at: note.createdAt, note })),
    ...notifications.map((notification) => ({
      kind: "notification" as const,
      at: notification.createdAt,
      notification,
    })),
  ];
  return entries.toSorted((a, b) => a.at - b.at);
}
