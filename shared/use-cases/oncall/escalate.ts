import { Conflict } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { change, type Incident, latestPassOf } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, ReopenCause } from "../../domain/incidents/incident-event.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  firstPosition,
  lastPassOf,
  namesOfNext,
  positionAfter,
  stepFrom,
} from "../../domain/oncall/escalation.ts";
import type { ScheduleHistory } from "../../domain/oncall/on-call.ts";
import { fallbackCauses, type PageReason } from "../../domain/oncall/page-reason.ts";
import { findIncident } from "../incidents/find-incident.ts";
import { changeByTimer } from "../incidents/lifecycle/change-by-timer.ts";
import { type PublishDeps, tryPublishEvents } from "../incidents/publish-events.ts";
import type { Authorize } from "../ports/access.ts";
import type { Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { ScheduleLoader } from "./load-once.ts";

export interface EscalateDeps extends PublishDeps {
  readonly schedules: ScheduleLoader;
  readonly ulid: Ulid;
  /** Email that is paged if no one at any level is on call. */
  readonly fallbackEmail: string;
}

export type FirstStepDeps = Pick<EscalateDeps, "schedules" | "ulid" | "fallbackEmail">;

/** Returns the incident with its first page: the first rule with someone on call, otherwise the fallback. */
export async function startEscalation(
  deps: FirstStepDeps,
  incident: Incident,
): Promise<{ incident: Incident; policy: EscalationPolicy | null }> {
  const at = incident.createdAt;
  const team = await deps.schedules.load(incident.team, at);
  const policy = team?.policy ?? null;
  return { policy, incident: withRound(deps, incident, policy, team?.history ?? null, at) };
}

/**
 * Returns an open incident with a new round of its policy: it pages from the first rule that reaches someone,
 * the people on call now.
 *
 * @param policy null for the default policy
 * @param cause reason of a later round
 */
export function withRound(
  deps: Pick<EscalateDeps, "ulid" | "fallbackEmail">,
  incident: Incident,
  policy: EscalationPolicy | null,
  history: ScheduleHistory | null,
  now: number,
  cause?: ReopenCause,
): Incident {
  const first = firstOfRound(incident);
  const rules = policy ?? defaultPolicy;
  const step = waiting(incident, stepFrom(rules, first, history, now));
  const metadata = { now, eventId: idPrefixes.event + deps.ulid(now), actor: null };
  const caused = cause === undefined ? {} : { cause };
  return step
    ? change(
        incident,
        moveTo(step),
        { type: "paging", ...stepDetails(incident, step, rules, history), ...caused },
        metadata,
      )
    : // The escalation of another team ends with its round.
      withGap(
        deps,
        { ...incident, escalation: null },
        first.pass,
        fallbackCauses.noOneOnCall,
        metadata,
        caused,
      );
}

/** Low urgency does not escalate: no step follows. */
function waiting<S extends EscalationStep | undefined>({ urgency }: Incident, step: S): S {
  return step && urgency === "low" ? { ...step, nextAt: null } : step;
}

/** Returns the first position of the next round, whose pass is higher than those before. */
function firstOfRound(incident: Incident): EscalationPosition {
  const { escalation, lastPass } = incident;
  if (escalation === null && lastPass === undefined) return firstPosition;
  const pass = latestPassOf(incident) + 1;
  return { level: 1, pass, firstPass: pass };
}

/** Returns the incident with the fallback address paged. */
function withGap(
  { fallbackEmail }: Pick<EscalateDeps, "fallbackEmail">,
  incident: Incident,
  pass: number,
  cause: string,
  metadata: { readonly now: number; readonly eventId: string },
  caused: { readonly cause?: ReopenCause } = {},
): Incident {
  const reason: PageReason = { kind: "fallback", cause };
  const recipients = [{ name: null, email: fallbackEmail, reason }];
  const later = pass === 1 ? {} : { pass };
  const gap = {
    type: "coverage_gap",
    team: incident.team,
    recipients,
    ...lowUrgency(incident),
    ...later,
    ...caused,
  } as const;
  // A step that follows, by a manual escalation or a higher urgency, is a new round.
  return change(incident, { lastPass: pass }, gap, { ...metadata, actor: null });
}

/**
 * Escalates an unacknowledged incident to the next step. An acknowledgement stored before takes precedence.
 *
 * @returns undefined, because the event sets the next timer
 */
export async function fireEscalation(
  deps: EscalateDeps,
  timer: Timer & { kind: "escalation" },
  now: number,
): Promise<undefined> {
  await changeByTimer(deps, timer.incidentId, async (incident) => {
    if (incident.status !== "open" || !isDue(incident, timer, now)) return undefined;
    const [policy, team] = await Promise.all([
      deps.incidents.findPolicy(incident.id),
      deps.schedules.load(incident.team, now),
    ]);
    const rules = policy ?? defaultPolicy;
    const history = team?.history ?? null;
    const next = positionAfter(rules, incident.escalation ?? timer);
    const step = next && stepFrom(rules, next, history, now);
    const details = step && stepDetails(incident, step, rules, history);
    return escalated(deps, incident, step, details, now);
  });
  return undefined;
}

/** Returns false for a timer that was overtaken by a manual escalation or by another delivery. */
function isDue({ escalation }: Incident, { level, pass }: EscalationPosition, now: number): boolean {
  return (
    escalation !== null &&
    escalation.level === level &&
    escalation.pass === pass &&
    escalation.nextAt !== null &&
    escalation.nextAt <= now
  );
}

/** Returns the incident at its next step. If no remaining rule reaches anyone, the fallback is paged. */
function escalated(
  deps: Pick<EscalateDeps, "ulid" | "fallbackEmail">,
  incident: Incident,
  step: EscalationStep | undefined,
  details: StepDetails | undefined,
  now: number,
): Incident {
  const { team, escalation } = incident;
  const metadata = () => ({ now, eventId: idPrefixes.event + deps.ulid(now), actor: null });
  if (step && details) {
    const escalated = { type: "escalated", manual: false, reason: null, ...details } as const;
    return change(incident, moveTo(step), escalated, metadata());
  }
  const pass = escalation?.pass ?? 1;
  const atEnd = { escalation: escalation && { ...escalation, nextAt: null } };
  const exhausted = change(incident, atEnd, { type: "escalation_exhausted", team }, metadata());
  return withGap(deps, exhausted, pass, fallbackCauses.noOneLeft, metadata());
}

interface ManualEscalation {
  readonly team: string;
  readonly incidentId: string;
  readonly reason: string | null;
  readonly actor: string | null;
  /** Channel in which the actor asked for it. */
  readonly via?: string;
}

/**
 * Escalates an incident to the next level immediately, even if it is acknowledged. After the last level
 * another pass begins. A different team takes the incident over, with its current policy and in a separate
 * round. Idempotent for the same IDs (of a repeated request).
 *
 * @throws NotFound for an unknown incident or team
 * @throws Conflict if it is resolved or no one can be reached
 */
export async function escalateManually(
  deps: EscalateDeps & { readonly authorize: Authorize },
  request: ManualEscalation,
  now: number,
): Promise<{ incident: Incident; event: Escalated }> {
  const eventId = idPrefixes.event + deps.ulid(now);
  const saved = await retryOnConflict(async () => {
    const incident = await findIncident(deps, request.incidentId);
    await deps.authorize({ team: incident.team });
    if (await findEscalated(deps, incident, eventId)) return incident;
    if (incident.status === "resolved") throw new Conflict(`Incident ${incident.number} is resolved`);
    const team = required(await deps.schedules.load(request.team, now), "team", request.team);
    const takenOver = request.team !== incident.team;
    const policy = takenOver
      ? (team.policy ?? defaultPolicy)
      : ((await deps.incidents.findPolicy(incident.id)) ?? defaultPolicy);
    const stepAt = (from: EscalationPosition) => stepFrom(policy, from, team.history, now);
    const reached = takenOver ? stepAt(firstOfRound(incident)) : nextManualStep(policy, incident, stepAt);
    const step = waiting(incident, reached);
    if (!step) throw new Conflict(`No one on team ${JSON.stringify(request.team)} can be reached now`);
    // If the incident is acknowledged, an additional responder does not restart the escalation.
    const nextAt = incident.status === "open" ? step.nextAt : null;
    const next = change(
      { ...incident, team: request.team },
      moveTo({ ...step, nextAt }),
      {
        type: "escalated",
        manual: true,
        reason: request.reason,
        ...stepDetails({ ...incident, team: request.team }, { ...step, nextAt }, policy, team.history),
      },
      { now, eventId, actor: request.actor, via: request.via },
    );
    return deps.incidents.save(next, takenOver ? { policy } : {});
  });
  const event = required(await findEscalated(deps, saved, eventId), "escalation", eventId);
  await tryPublishEvents(deps, saved);
  return { incident: saved, event };
}

type Escalated = IncidentEvent & { type: "escalated" };

/** Returns a completed escalation of an incident, published or still pending. */
async function findEscalated(
  { incidentEvents }: Pick<EscalateDeps, "incidentEvents">,
  incident: Incident,
  eventId: string,
): Promise<Escalated | undefined> {
  const event =
    incident.pendingEvents.find(({ id }) => id === eventId) ??
    (await incidentEvents.findEvent(incident.id, eventId));
  return event?.type === "escalated" ? event : undefined;
}

function nextManualStep(
  policy: EscalationPolicy,
  incident: Incident,
  stepAt: (from: EscalationPosition) => EscalationStep | undefined,
): EscalationStep | undefined {
  const { escalation: current } = incident;
  if (!current) return stepAt(firstOfRound(incident));
  const next = positionAfter(policy, current);
  const above = next && stepAt(next);
  // A manual escalation always has another pass.
  const again = { ...current, level: 1, pass: Math.max(current.pass, lastPassOf(policy, current)) + 1 };
  return above ?? stepAt(again);
}

function moveTo({
  position: { level, pass, firstPass },
  nextAt,
}: Pick<EscalationStep, "position" | "nextAt">): Pick<Incident, "escalation"> {
  return { escalation: { level, pass, ...(firstPass !== undefined && { firstPass }), nextAt } };
}

type StepDetails = ReturnType<typeof stepDetails>;

/** Returns the details in the event of a step. */
function stepDetails(
  incident: Incident,
  step: EscalationStep,
  policy: EscalationPolicy,
  history: ScheduleHistory | null,
) {
  const { recipients, nextAt } = step;
  const { level, pass, firstPass } = step.position;
  const round = firstPass === undefined ? {} : { firstPass };
  const next = nextAt === null ? {} : { next: namesOfNext(policy, step.position, history, nextAt) };
  return { team: incident.team, level, pass, ...round, recipients, nextAt, ...next, ...lowUrgency(incident) };
}

function lowUrgency({ urgency }: Incident): { readonly urgency?: "low" } {
  return urgency === "low" ? { urgency } : {};
}
