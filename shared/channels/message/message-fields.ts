/** Message parts that every channel renders in its own format. */
import { type ChatAction, chatActions } from "../../domain/incidents/incident-action.ts";
import { limits } from "../../domain/limits.ts";
import { splitLines } from "../../domain/lines.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { clip } from "./text.ts";

/** Returns the first non-empty line of the message. */
export function headlineOf({ notification, incident }: OutgoingMessage): string {
  return splitLines(notification.message.toWellFormed()).headline || incident?.title || "No text";
}

/**
 * Returns the text after the headline, and for pages the incident's description. May be empty.
 *
 * @param descriptionLength maximum length of the description, in UTF-16 units
 */
export function detailsOf(
  { notification, incident }: OutgoingMessage,
  descriptionLength: number = limits.descriptionLength,
): string {
  const { rest } = splitLines(notification.message.toWellFormed());
  const description =
    notification.kind === "page" ? clip(incident?.description ?? "", descriptionLength) : "";
  return [rest, description].filter((text) => text.trim() !== "").join("\n");
}

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Returns the fields of a message, the most important first; none without an incident. */
export function messageFields({ incident }: OutgoingMessage): readonly Field[] {
  if (!incident) return [];
  return [
    { name: "Service", value: incident.service.toWellFormed() },
    { name: "Team", value: incident.team.toWellFormed() },
    { name: "Severity", value: incident.severity },
    { name: "Status", value: incident.status },
  ];
}

export interface Action {
  readonly name: "acknowledge" | "resolve" | "view";
  readonly label: string;
  readonly url: string;
}

/** Returns the links of the message, most important first. */
export function actionsOf({ links }: OutgoingMessage): readonly Action[] {
  if (!links) return [];
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
