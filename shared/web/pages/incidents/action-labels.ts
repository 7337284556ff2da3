import { AccessDenied } from "../../../domain/access/access-denied.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import { byActor } from "../../../domain/incidents/event-labels.ts";
import { type IncidentAction, statusAfter } from "../../../domain/incidents/incident-action.ts";
import type { ActionResult } from "../../../use-cases/incidents/respond-to-incident.ts";
import type { DeniedAction } from "../../../use-cases/incidents/respond-to-incidents.ts";
import { formatAgo } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

type ListAction = IncidentAction | "snooze";

const verbs: Readonly<Record<ListAction, string>> = {
  acknowledge: "Acknowledged",
  resolve: "Resolved",
  snooze: "Snoozed",
};

type Result = ActionResult | DeniedAction;

const isDenied = (result: Result) => result.outcome === "denied";

/** Returns the error of the first incident if the viewer may change none of them. */
export function deniedEntirely(results: readonly Result[]): Error | undefined {
  return results.every(isDenied) ? results[0]?.error : undefined;
}

/** Returns why the viewer may not change some of the incidents, each reason once. */
export function denialsIn(results: readonly Result[]): AccessDenied[] {
  const errors = results.flatMap((each) =>
    each.outcome === "denied" && each.error instanceof AccessDenied ? [each.error] : [],
  );
  return [...new Map(errors.map((error) => [error.message, error])).values()];
}

/** Describes the results: what was done, for the rest who did it before, and what the viewer may not do. */
export function resultText(
  action: ListAction,
  results: readonly Result[],
  now: number,
): { readonly kind: "done" | "trouble"; readonly text: string } {
  if (results.length === 0)
    return { kind: "trouble", text: "No incident found. Reload the page and try again." };
  const done = results.filter(({ outcome }) => outcome === "done");
  const denied = results.filter(isDenied);
  const others = results.flatMap((each) =>
    each.outcome === "done" || each.outcome === "denied" ? [] : [each],
  );
  const troubled = denied.length > 0 || others.some(({ outcome }) => outcome !== "answered");
  const reasons = new Set(denied.map(({ error }) => error.message));
  const sentences = [
    ...(done.length > 0 ? [`${verbs[action]} ${numbersOf(done)}.`] : []),
    ...others.map((each) => otherwise(action, each, now)),
    ...[...reasons].map((reason) => {
      const these = denied.filter(({ error }) => error.message === reason);
      return `Not permitted for ${numbersOf(these)}: ${reason}.`;
    }),
  ];
  return { kind: troubled ? "trouble" : "done", text: sentences.join(" ") };
}

const numbersOf = (results: readonly Pick<Result, "incident">[]) =>
  results.map(({ incident }) => `#${incident.number}`).join(", ");

function otherwise(action: ListAction, { outcome, incident }: ActionResult, now: number): string {
  const { status, since, by } = currentStatus(incident);
  const was = (what: string) =>
    `#${incident.number} was ${what}${byActor(by, isolate)} ${formatAgo(now - since)}`;
  if (outcome === "answered") return `Answered the request for help with #${incident.number}.`;
  return outcome === "too_late"
    ? `${was(status)} and can no longer be ${action === "snooze" ? "snoozed" : statusAfter[action]}.`
    : `${was(`already ${status}`)}.`;
}
