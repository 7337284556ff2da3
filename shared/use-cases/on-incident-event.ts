import type { Incident } from "../domain/incident.ts";
import type { IncidentEvent } from "../domain/incident-event.ts";
import { autoResolveTimer } from "./auto-resolve.ts";
import { existing } from "./existing.ts";
import type { IncidentStore, Log } from "./ports.ts";
import { type SendPagesDeps, sendPages, suppressPages } from "./send-pages.ts";
import { arm, type TimerDeps } from "./timers.ts";

interface OnIncidentEventDeps extends SendPagesDeps, TimerDeps {
  readonly incidents: IncidentStore;
  readonly log: Log;
}

/** What the platform does when something happened to an incident. */
export async function onIncidentEvent(
  deps: OnIncidentEventDeps,
  event: IncidentEvent,
  now: number,
): Promise<void> {
  if (event.type === "opened") {
    const timer = autoResolveTimer(
      existing(await deps.incidents.find(event.incidentId), "incident", event.incidentId),
    );
    if (timer) await arm(deps, timer, now);
  }
  if (event.type !== "paging" && event.type !== "escalated" && event.type !== "coverage_gap") return;
  const incident = existing(await deps.incidents.find(event.incidentId), "incident", event.incidentId);
  if (event.type === "coverage_gap") {
    deps.log.warn("coverage gap", { incident_id: incident.id, team: event.team });
    const fallback = { ...event, level: 0, pass: 1 };
    return incident.status === "open"
      ? sendPages(deps, incident, fallback, now)
      : suppressPages(deps, incident, fallback, now);
  }
  const byHand = event.type === "escalated" && event.byHand;
  if (incident.status !== "open" && !(byHand && incident.status === "acknowledged")) {
    return suppressPages(deps, incident, event, now);
  }
  await sendPages(deps, incident, event, now);
  const { level, pass, nextAt } = event;
  if (nextAt === null || !standsAt(incident, event)) return;
  await arm(deps, { kind: "escalation", incidentId: incident.id, level, pass, dueAt: nextAt }, now);
}

/** An event that comes late or again must not set back the timer of the step that overtook it. */
function standsAt(
  { escalation }: Incident,
  { level, pass, nextAt }: NonNullable<Incident["escalation"]>,
): boolean {
  return escalation?.level === level && escalation.pass === pass && escalation.nextAt === nextAt;
}
