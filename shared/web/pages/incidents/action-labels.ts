import { currentStatus } from "../../../domain/incidents/current-status.ts";
import { byActor } from "../../../domain/incidents/event-labels.ts";
import { type IncidentAction, statusAfter } from "../../../domain/incidents/incident-action.ts";
import type { ActionResult } from "../../../use-cases/incidents/respond-to-incident.ts";
import { formatAgo } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

type ListAction = IncidentAction | "snooze";

const verbs: Readonly<Record<ListAction, string>> = {
  acknowledge: "Acknowledged",
  resolve: "Resolved",
  snooze: "Snoozed",
};

/** Describes the results: what was done, and for the rest who did it before. */
export function resultText(
  action: ListAction,
  results: readonly ActionResult[],
  now: number,
): { readonly kind: "done" | "trouble"; readonly text: string } {
  if (results.length === 0)
    return { kind: "trouble", text: "No incident found. Reload the page and try again." };
  const done = results.filter(({ outcome }) => outcome === "done");
  const others = results.filter(({ outcome }) => outcome !== "done");
  const troubled = others.some(({ outcome }) => outcome !== "answered");
  const sentences = [
    ...(done.length > 0
      ? [`${verbs[action]} ${done.map(({ incident }) => `#${incident.number}`).join(", ")}.`]
      : []),
    ...others.map((each) => otherwise(action, each, now)),
  ];
  return { kind: troubled ? "trouble" : "done", text: sentences.join(" ") };
}

function otherwise(action: ListAction, { outcome, incident }: ActionResult, now: number): string {
  const { status, since, by } = currentStatus(incident);
  const was = (what: string) =>
    `#${incident.number} was ${what}${byActor(by, isolate)} ${formatAgo(now - since)}`;
  if (outcome === "answered") return `Answered the request for help with #${incident.number}.`;
  return outcome === "too_late"
    ? `${was(status)} and can no longer be ${action === "snooze" ? "snoozed" : statusAfter[action]}.`
    : `${was(`already ${status}`)}.`;
}
