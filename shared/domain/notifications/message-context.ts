/**
 * Facts around an incident that a notification repeats besides the incident itself. They are gathered when a page is
 * decided and travel in the queue's message, so that a delivery reads nothing for them.
 */

import type { Alert } from "../alerts/alert.ts";
import type { Change } from "../incidents/change.ts";
import type { Incident } from "../incidents/incident.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import { limits } from "../limits.ts";
import { isWebAddress } from "../link.ts";
import { clip } from "../text/clip.ts";
import { oneLine } from "../text/lines.ts";

/** A label of the alert that opened the incident. */
export interface MessageLabel {
  readonly name: string;
  readonly value: string;
}

/** A recent change to the service, such as a deployment. */
export interface MessageChange {
  readonly summary: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly href: string | null;
}

/** The next page of an incident that no one acknowledges. */
export interface NextPage {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Empty if no remaining level reaches anyone: the fallback address is paged. */
  readonly names: readonly string[];
}

export interface MessageContext {
  /** In the sender's order, without those that became links. */
  readonly labels: readonly MessageLabel[];
  /** Newest first. */
  readonly changes: readonly MessageChange[];
  /** As planned by the last step of the escalation; null if nothing follows. */
  readonly next: NextPage | null;
}

export const noContext: MessageContext = { labels: [], changes: [], next: null };

/** Returns true if the context adds nothing to a message. */
export function isEmptyContext({ labels, changes, next }: MessageContext): boolean {
  return labels.length === 0 && changes.length === 0 && next === null;
}

interface Gathered {
  readonly incident: Incident;
  readonly labels: readonly MessageLabel[];
  /** Newest first. */
  readonly changes: readonly Change[];
  /** Events that may have planned the next page. */
  readonly events: readonly IncidentEvent[];
}

/** Returns the context of an incident's notifications, at most a few kilobytes. */
export function contextOf({ incident, labels, changes, events }: Gathered): MessageContext {
  return {
    labels,
    changes: changes.slice(0, limits.messageChanges).map(shortChange),
    next: plannedPage(incident, events),
  };
}

/** Returns the first few labels of an alert, clipped. */
export function labelsOf({ labels }: Pick<Alert, "labels">): MessageLabel[] {
  return Object.entries(labels)
    .filter(([name, value]) => !isLink(name, value))
    .map(([name, value]) => ({
      name: clip(oneLine(name), limits.labelNameLength),
      value: clip(oneLine(String(value)), limits.messageLabelLength),
    }))
    .filter(({ name, value }) => name !== "" && value !== "")
    .slice(0, limits.messageLabels);
}

/** Links of alerts are links of their incidents. */
function isLink(name: string, value: string | number | boolean): boolean {
  return /(^|\.)(links|images)$/i.test(name) || (typeof value === "string" && isWebAddress(value));
}

function shortChange({ summary, at, links }: Change): MessageChange {
  const href = links.find((link) => isWebAddress(link.href))?.href ?? null;
  return {
    summary: clip(oneLine(summary), limits.messageChangeLength),
    at,
    href: href !== null && href.length <= limits.messageHrefLength ? href : null,
  };
}

/** Returns what the latest step planned, unless the incident has moved on since. */
function plannedPage({ escalation }: Incident, events: readonly IncidentEvent[]): NextPage | null {
  const nextAt = escalation?.nextAt ?? null;
  if (!escalation || nextAt === null) return null;
  for (const event of events) {
    if (event.type !== "paging" && event.type !== "escalated") continue;
    if (event.level !== escalation.level || event.pass !== escalation.pass || event.nextAt !== nextAt)
      continue;
    return event.next === undefined ? null : { at: nextAt, names: event.next };
  }
  return null;
}
