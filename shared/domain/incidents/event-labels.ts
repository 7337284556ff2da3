/** Events of incidents in words, for timelines, messages and pages. */

import type { LabelChanges } from "../alerts/label-edit.ts";
import type { Recipient } from "../oncall/escalation.ts";
import { type EscalationPosition, passOfRound } from "../oncall/escalation.ts";
import { formatMinute } from "../time.ts";
import type { Incident } from "./incident.ts";
import type { IncidentEvent, IncidentEventBody, ReopenCause } from "./incident-event.ts";

/** Shows a name or address, for example isolated from the text around it. */
type Show = (name: string) => string;

const asIs: Show = (name) => name;

/** Returns the names of recipients, or their addresses if they have none. */
export function namesOf(recipients: readonly Pick<Recipient, "name" | "email">[], show: Show = asIs): string {
  return recipients.map(({ name, email }) => show(name ?? email)).join(", ");
}

/** Returns the end of a sentence that names the actor; nothing for the platform. */
export function byActor(actor: string | null, show: Show = asIs): string {
  return actor === null ? "" : ` by ${show(actor)}`;
}

/** Returns the name of an incident in messages: `#12 checkout is down`. */
export function subjectOf({ number, title }: Pick<Incident, "number" | "title">): string {
  return `#${number} ${title}`;
}

/** Describes an event with its actor, and the channel in which they answered: `Acknowledged by Ada via SMS`. */
export function describeEvent(event: IncidentEvent): string {
  const via = event.via === undefined ? "" : ` via ${event.via}`;
  return eventLabel(event) + byActor(event.actor) + via;
}

/** Describes an event without its actor. */
export function eventLabel(event: IncidentEventBody, show: Show = asIs): string {
  switch (event.type) {
    case "opened":
      return `Opened as ${event.severity}`;
    case "severity_changed":
      return `Severity changed from ${event.from} to ${event.to}`;
    case "title_changed":
      return `Renamed to ${JSON.stringify(event.to)}`;
    case "assigned":
      return event.to === null ? "Unassigned" : `Assigned to ${show(event.to.name)}`;
    case "acknowledged":
      return "Acknowledged";
    case "resolved":
      return "Resolved";
    case "noted":
      return "Note added";
    case "paging":
      return `Paging ${namesOf(event.recipients, show)} (${positionOf(event)})`;
    case "escalated":
      return `Escalated to ${namesOf(event.recipients, show)} (${positionOf(event)})`;
    case "escalation_exhausted":
      return `No one left to page on team ${event.team}`;
    case "coverage_gap":
      return `No one is on call for ${event.team}. Paging ${namesOf(event.recipients, show)} instead`;
    case "snoozed":
      return `Snoozed until ${formatMinute(event.until)}`;
    case "reopened":
      return event.from === "acknowledged" && event.cause === "person"
        ? "Unacknowledged"
        : reopenLabels[event.cause];
    case "merged":
      return `Merged into #${event.into.number}`;
    case "merged_from":
      return `#${event.from.number} merged into this incident`;
    case "responders_requested":
      return `Help requested from ${namesOf(event.recipients, show)}`;
    case "responder_answered":
      return "Request for help answered";
    case "moved":
      return movedLabel(event, show);
    case "description_changed":
      return "Description changed";
    case "labels_changed":
      return `Labels changed: ${labelList(event.labels)}`;
    case "urgency_changed":
      return `Urgency changed from ${event.from} to ${event.to}${urgencyReason(event)}`;
  }
}

function labelList(labels: LabelChanges): string {
  const changes = Object.entries(labels);
  return changes
    .map(([name, value]) => (value === null ? `${name} removed` : `${name} = ${value}`))
    .join("; ");
}

const reopenLabels: Readonly<Record<ReopenCause, string>> = {
  person: "Reopened",
  snooze_ended: "Open again at the end of the snooze",
  acknowledgement_expired: "Open again, because it was not resolved in time",
  moved: "Open again for its new team",
};

function urgencyReason({ to, cause }: IncidentEventBody & { type: "urgency_changed" }): string {
  switch (cause) {
    case "person":
      return "";
    case "severity":
      return ", because its severity changed";
    case "hours":
      return `, because support hours ${to === "high" ? "began" : "ended"}`;
    case "moved":
      return ", as its new service requires";
  }
}

/** Reasons why an incident pages from the first rule again, for the message of the page. */
export const roundLabels: Readonly<Record<ReopenCause, string>> = {
  person: "Open again",
  snooze_ended: "Snooze ended",
  acknowledgement_expired: "Not resolved in time",
  moved: "Moved to your team",
};

function movedLabel({ from, to }: IncidentEventBody & { type: "moved" }, show: Show): string {
  const parts = [
    ...(from.service === to.service ? [] : [`service ${show(to.service)}`]),
    ...(from.team === to.team ? [] : [`team ${show(to.team)}`]),
  ];
  return `Moved to ${parts.join(", ")}`;
}

/** Returns a position in words. Passes count from the last time that the incident was open again. */
function positionOf(position: EscalationPosition): string {
  const pass = passOfRound(position);
  return pass > 1 ? `level ${position.level}, pass ${pass}` : `level ${position.level}`;
}
