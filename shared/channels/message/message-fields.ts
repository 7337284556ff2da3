/** Message parts that every channel renders in its own format. */

import { type ChatAction, chatActions } from "../../domain/incidents/incident-action.ts";
import { limits } from "../../domain/limits.ts";
import { confirmLabel, isConfirmable } from "../../domain/notifications/confirmable.ts";
import { contentOf } from "../../domain/notifications/message-content.ts";
import type { NextPage } from "../../domain/notifications/message-context.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { clip } from "../../domain/text/clip.ts";
import { formatMinute } from "../../domain/time.ts";

/** Returns the first non-empty line of the message. */
export function headlineOf(message: OutgoingMessage): string {
  return contentOf(message).headline;
}

/**
 * Returns the text after the headline, and the incident's description. May be empty.
 *
 * @param descriptionLength maximum length of the description, in UTF-16 units
 */
export function detailsOf(
  message: OutgoingMessage,
  descriptionLength: number = limits.descriptionLength,
): string {
  const { text, description } = contentOf(message);
  return [text, clip(description, descriptionLength)].filter((part) => part.trim() !== "").join("\n");
}

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Returns the fields of a message, the most important first; none without an incident. */
export function messageFields(message: OutgoingMessage): readonly Field[] {
  const { incident, headline, next } = contentOf(message);
  if (!incident) return [];
  const { number, service, team, severity, urgency, status } = incident;
  return [
    ...(headline.includes(`#${number}`) ? [] : [{ name: "Incident", value: `#${number}` }]),
    { name: "Service", value: service },
    { name: "Team", value: team },
    { name: "Severity", value: severity },
    // High urgency is the rule.
    ...(urgency === "low" ? [{ name: "Urgency", value: urgency }] : []),
    { name: "Status", value: status },
    ...(next ? [{ name: "Next", value: nextLine(next) }] : []),
  ];
}

function nextLine({ names, at }: NextPage): string {
  const who = names.length === 0 ? "the fallback address" : names.join(", ");
  return `${who.toWellFormed()} at ${formatMinute(at)}`;
}

/** A line of a section, which may lead to a web page. */
export interface Line {
  readonly text: string;
  readonly href?: string;
}

export interface Section {
  readonly title: string;
  /** At least one. */
  readonly lines: readonly Line[];
}

/** Returns what helps to act: links, recent changes and labels, most important first, without empty sections. */
export function sectionsOf(message: OutgoingMessage): readonly Section[] {
  const { links, changes, labels } = contentOf(message);
  const sections: Section[] = [
    { title: "Links", lines: links },
    {
      title: "Recent changes",
      lines: changes.map(({ summary, at, href }) => ({
        text: `${formatMinute(at)}: ${summary.toWellFormed()}`,
        ...(href !== null && { href }),
      })),
    },
    {
      title: "Labels",
      lines: labels.map(({ name, value }) => ({ text: `${name}: ${value}`.toWellFormed() })),
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** Returns a section as plain text, one line each. */
export function plainSection({ title, lines }: Section): string {
  return [
    `${title}:`,
    ...lines.map(({ text, href }) => (href === undefined ? text : `${text}: ${href}`)),
  ].join("\n");
}

export interface Action {
  readonly name: "acknowledge" | "resolve" | "view";
  readonly label: string;
  readonly url: string;
}

/** Returns the links of the message, most important first. */
export function actionsOf({ links, notification }: OutgoingMessage): readonly Action[] {
  if (!links) return [];
  if (isConfirmable(notification))
    return [{ name: "view", label: confirmLabel(notification), url: links.view }];
  const { acknowledge, resolve, view } = links;
  return [
    ...(acknowledge === null
      ? []
      : [{ name: "acknowledge" as const, label: "Acknowledge", url: acknowledge }]),
    ...(resolve === null ? [] : [{ name: "resolve" as const, label: "Resolve", url: resolve }]),
    { name: "view" as const, label: "View", url: view },
  ];
}

/** A button that the platform receives when it is pressed. */
export interface ChatButton {
  readonly label: string;
  /** Action and incident: `acknowledge inc_…`. */
  readonly data: string;
}

/** Returns the buttons that the incident's state allows, most important first; none without an incident. */
export function chatActionsOf({ incident }: OutgoingMessage): readonly ChatButton[] {
  if (!incident || incident.status === "resolved") return [];
  const offered =
    incident.status === "open" ? chatActions : chatActions.filter((action) => action !== "acknowledge");
  return offered.map((action) => ({ label: chatLabels[action], data: `${action} ${incident.id}` }));
}

const chatLabels: Readonly<Record<ChatAction, string>> = {
  acknowledge: "Acknowledge",
  resolve: "Resolve",
  escalate: "Escalate",
};
