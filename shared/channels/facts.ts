/** What every channel shows of a message, each in its own form. */
import type { Incident } from "../domain/incident.ts";
import type { OutgoingMessage } from "../domain/outgoing-message.ts";

/** Its first line with anything in it; never empty. */
export function headlineOf({ notification, incident }: OutgoingMessage): string {
  const lines = linesOf(notification.message);
  return lines.find((line) => line !== "") ?? incident?.title ?? "No text";
}

/** What follows the headline; may be empty. */
export function detailsOf({ notification }: OutgoingMessage): string {
  const lines = linesOf(notification.message);
  const first = lines.findIndex((line) => line !== "");
  return lines
    .slice(first + 1)
    .join("\n")
    .trim();
}

function linesOf(text: string): string[] {
  return text
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
}

export interface Field {
  readonly name: string;
  readonly value: string;
}

export function fieldsOf(incident: Incident | null): readonly Field[] {
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

/** Where the message leads, what is most wanted first. */
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
