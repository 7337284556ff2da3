import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { ReopenCause, UrgencyCause } from "../../domain/incidents/incident-event.ts";
import { withUrgencyNow } from "../../domain/incidents/incident-urgency.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { type EscalateDeps, withRound } from "../oncall/escalate.ts";
import { changeByTimer } from "./lifecycle/change-by-timer.ts";

export type RaiseUrgencyDeps = Pick<EscalateDeps, "schedules" | "ulid" | "fallbackEmail"> & {
  readonly incidents: {
    /** Returns the incident's policy as of its opening; undefined for the default. */
    findPolicy(incidentId: string): Promise<EscalationPolicy | undefined>;
  };
};

/**
 * Makes a waiting incident high as hours begin, and pages from the first rule. An acknowledgement or another change
 * of its urgency stored before takes precedence.
 *
 * @returns undefined, because the event of the page sets the next timer
 */
export async function raiseWhenDue(
  deps: EscalateDeps,
  timer: Timer & { kind: "urgency" },
  now: number,
): Promise<undefined> {
  await changeByTimer(deps, timer.incidentId, async (incident) =>
    incident.status === "open" && incident.raisesAt === timer.dueAt
      ? raised(deps, incident, "hours", now)
      : undefined,
  );
  return undefined;
}

/**
 * Returns an incident whose severity has risen with the urgency of that severity. If it is high, it pages from the
 * first rule. Reads up to two units, and only then.
 */
export async function withUrgencyOfSeverity(
  deps: RaiseUrgencyDeps,
  incident: Incident,
  now: number,
): Promise<Incident> {
  return incident.urgency === "low" && incident.status !== "resolved"
    ? raised(deps, incident, "severity", now)
    : incident;
}

async function raised(
  deps: RaiseUrgencyDeps,
  incident: Incident,
  cause: UrgencyCause,
  now: number,
): Promise<Incident> {
  const eventId = idPrefixes.event + deps.ulid(now);
  const next = withUrgencyNow(incident, cause, { now, eventId, actor: null });
  return next.urgency === "low" || next.status !== "open" ? next : withNewRound(deps, next, now);
}

/** Returns an open incident paged from the first rule, with the people on call now. */
export async function withNewRound(
  deps: RaiseUrgencyDeps,
  incident: Incident,
  now: number,
  cause?: ReopenCause,
): Promise<Incident> {
  const [policy, team] = await Promise.all([
    deps.incidents.findPolicy(incident.id),
    deps.schedules.load(incident.team, now),
  ]);
  return withRound(deps, incident, policy ?? null, team?.history ?? null, now, cause);
}
