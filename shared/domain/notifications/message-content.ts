/**
 * Content of a notification: everything that it says, in words and values that every channel renders in its own
 * format. The address, the signed links and the result of the delivery are not part of it.
 */
import type { Incident, IncidentStatus } from "../incidents/incident.ts";
import type { Urgency } from "../incidents/urgency-level.ts";
import type { Link } from "../link.ts";
import type { Severity } from "../severity.ts";
import { splitLines } from "../text/lines.ts";
import type { MessageChange, MessageLabel, NextPage } from "./message-context.ts";
import type { Notification } from "./notification.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** Texts are well-formed but come from users: each channel escapes and clips them. */
export interface MessageContent {
  /** First line of the message, such as `#12 [CRITICAL] checkout: error rate above 5%`. Never empty. */
  readonly headline: string;
  /** Lines after the first; empty if there are none. */
  readonly text: string;
  readonly severity: Severity | null;
  /** The incident that it concerns; null for a handoff, a digest, and a bundle of several incidents. */
  readonly incident: IncidentContent | null;
  /** Description of the incident; empty if it has none. */
  readonly description: string;
  /** Up to 10 labels of the alert that opened the incident. */
  readonly labels: readonly MessageLabel[];
  /** Runbooks first, then other links of the service, then those of alerts, and images last. */
  readonly links: readonly Link[];
  /** Recent changes to the service, newest first. */
  readonly changes: readonly MessageChange[];
  /** The next page, if no one acknowledges; null if none is planned. */
  readonly next: NextPage | null;
  /** Text that responds to the incident: `ack 12` or `res 12`; null if the channel takes no replies. */
  readonly reply: string | null;
}

export interface IncidentContent {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly team: string;
  readonly severity: Severity;
  readonly urgency: Urgency;
  readonly status: IncidentStatus;
}

/**
 * Returns what a message says. What helps to act is left out once the incident is resolved, and in handoffs and digests.
 */
export function contentOf(message: OutgoingMessage): MessageContent {
  const { notification, incident, context, acceptsReplies } = message;
  const { headline, rest } = splitLines(notification.message.toWellFormed());
  const said = {
    headline: headline || incident?.title.toWellFormed() || "No text",
    text: rest,
    severity: notification.severity,
    incident: incident && incidentContent(incident),
  };
  if (!incident || !asksToAct(notification, incident)) return { ...said, ...nothingElse };
  return {
    ...said,
    description: (incident.description ?? "").toWellFormed(),
    labels: context.labels,
    links: sortedLinks(incident.links ?? []),
    changes: context.changes,
    next: isPlanned(incident, context.next) ? context.next : null,
    reply: acceptsReplies ? `${incident.status === "open" ? "ack" : "res"} ${incident.number}` : null,
  };
}

const nothingElse = { description: "", labels: [], links: [], changes: [], next: null, reply: null };

function incidentContent(incident: Incident): IncidentContent {
  const { number, title, service, team, severity, urgency = "high", status } = incident;
  return {
    number,
    title: title.toWellFormed(),
    service: service.toWellFormed(),
    team: team.toWellFormed(),
    severity,
    urgency,
    status,
  };
}

function asksToAct({ kind }: Notification, { status }: Incident): boolean {
  return status !== "resolved" && kind !== "handoff" && kind !== "digest";
}

/** Returns false if the incident was acknowledged or escalated after the page was planned. */
function isPlanned({ status, escalation }: Incident, next: NextPage | null): boolean {
  return next !== null && status === "open" && escalation?.nextAt === next.at;
}

function sortedLinks(links: readonly Link[]): Link[] {
  return links
    .map(({ text, href }) => ({ text: text.toWellFormed(), href }))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ text, href }: Link): number {
  if (/^runbook/i.test(text)) return 0;
  return /^image/i.test(text) || /\.(png|jpe?g|gif|webp|svg)$/i.test(href) ? 2 : 1;
}
