import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import { autoResolveTimer, reopenTimer, type Timer, urgencyTimer } from "../../domain/incidents/timer.ts";
import type { Metrics } from "../../domain/metrics.ts";
import {
  type MessageContext,
  type MessageLabel,
  noContext,
} from "../../domain/notifications/message-context.ts";
import { recordAnswerTime } from "../access/reachability/record-answer.ts";
import { type AnnounceDeps, announceEvent, announceNote } from "../notifications/announce-event.ts";
import { cancelNotifications } from "../notifications/cancel-notifications.ts";
import { type ContextDeps, readContext } from "../notifications/read-context.ts";
import { type SendPagesDeps, sendPages, sendRequest } from "../notifications/send-pages.ts";
import { type NotifyWebhooksDeps, notifyWebhooks } from "../notifications/webhooks/notify-webhooks.ts";
import type { ReachabilityStore } from "../ports/access.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { Log } from "../ports/system.ts";
import { readOnce } from "../read-once.ts";
import { required } from "../required.ts";
import { queueTimer, setTimer, type TimerDeps } from "./set-timer.ts";
import { shareEventReads } from "./share-event-reads.ts";

interface OnIncidentEventDeps
  extends SendPagesDeps,
    AnnounceDeps,
    NotifyWebhooksDeps,
    TimerDeps,
    ContextDeps {
  readonly incidents: IncidentStore;
  readonly reachability: ReachabilityStore;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Handles incident events: timers, pages and announcements. Those of one incident are handled at the same time, because
 * each acts by the state of the incident and is idempotent. So they share its read, and some of their other requests.
 *
 * @param labels of the alerts that opened incidents, as far as they are known, by the incident's ID
 */
export async function onIncidentEvents(
  deps: OnIncidentEventDeps,
  events: readonly IncidentEvent[],
  now: number,
  labels: ReadonlyMap<string, readonly MessageLabel[]> = new Map(),
): Promise<void> {
  for (const [id, ofIncident] of Map.groupBy(events, ({ incidentId }) => incidentId)) {
    const { stores, readAhead } = shareEventReads(deps);
    // These reads share a request.
    const [found] = await Promise.all([
      deps.incidents.find(id),
      ...ofIncident.map((event) => readAhead(event, !labels.has(id))),
    ]);
    const incident = required(found, "incident", id);
    const context = readOnce(() =>
      readContext({ ...deps, ...stores }, incident, { events: ofIncident, labels: labels.get(id) }),
    );
    const handled = ofIncident.map((event) =>
      onIncidentEvent({ ...deps, ...stores, context }, event, incident, now),
    );
    // The next attempt starts when nothing of this one is running.
    await Promise.allSettled(handled);
    await Promise.all(handled);
  }
}

interface EventDeps extends OnIncidentEventDeps {
  /** Reads the context of notifications about the incident, once. */
  readonly context: () => Promise<MessageContext>;
}

async function onIncidentEvent(
  deps: EventDeps,
  event: IncidentEvent,
  incident: Incident,
  now: number,
): Promise<void> {
  deps.log.info("incident event", {
    incident_id: event.incidentId,
    event_id: event.id,
    event: event.type,
  });
  await respond(deps, event, incident, now);
  await notifyWebhooks(deps, event, incident, now);
}

/** Sets timers, sends pages and notifies the team's channels. */
async function respond(
  deps: EventDeps,
  event: IncidentEvent,
  incident: Incident,
  now: number,
): Promise<void> {
  switch (event.type) {
    case "opened": {
      for (const timer of [autoResolveTimer(incident), urgencyTimer(incident)])
        if (timer) await queueTimer(deps, timer, now);
      return announceEvent(deps, event, incident, now, deps.context);
    }
    case "paging":
      return escalate(deps, event, incident, now);
    case "escalated":
      await escalate(deps, event, incident, now);
      return announceEvent(deps, event, incident, now, deps.context);
    case "coverage_gap": {
      deps.log.warn("coverage gap", { incident_id: incident.id, team: event.team });
      deps.metrics.count("coverage_gaps_total", { team: event.team });
      if (incident.status !== "open") return;
      const { pass = 1 } = event;
      const fallback = { ...event, level: 0, pass, firstPass: pass, manual: false };
      return sendPages(deps, incident, fallback, now, deps.context);
    }
    case "severity_changed":
      return setTimers(deps, [urgencyTimer(incident)], now);
    // Another service has timeouts and hours of its own.
    case "moved":
      return setTimers(deps, [autoResolveTimer(incident), urgencyTimer(incident)], now);
    case "snoozed":
    case "acknowledged":
    case "resolved":
    case "merged": {
      if (event.actor !== null) await recordAnswerTime(deps, event.actor, event.at);
      await cancelNotifications(deps, incident, event.type, now);
      await setTimers(deps, [reopenTimer(incident)], now);
      const isOver = incident.status === "resolved";
      return announceEvent(deps, event, incident, now, isOver ? async () => noContext : deps.context);
    }
    case "noted":
      return announceNote(deps, event, incident, now, deps.context);
    case "responder_answered":
      return cancelNotifications(deps, incident, event.type, now);
    case "responders_requested":
      return incident.status === "resolved"
        ? undefined
        : sendRequest(deps, incident, event, now, deps.context);
    case "reopened": {
      await cancelNotifications(deps, incident, event.type, now);
      const autoResolve = event.from === "resolved" ? autoResolveTimer(incident) : undefined;
      await setTimers(deps, [autoResolve, urgencyTimer(incident)], now);
      return announceEvent(deps, event, incident, now, deps.context);
    }
  }
}

async function setTimers(
  deps: TimerDeps,
  timers: readonly (Timer | undefined)[],
  now: number,
): Promise<void> {
  for (const timer of timers) if (timer) await setTimer(deps, timer, now);
}

type EscalationRecord = IncidentEvent & { type: "paging" | "escalated" };

/** Pages the people of an escalation step and sets the next timer, unless the incident was acknowledged. */
async function escalate(
  deps: EventDeps,
  event: EscalationRecord,
  incident: Incident,
  now: number,
): Promise<void> {
  // A later round starts with the same event.
  const first = event.type === "paging" && event.pass === 1;
  const manual = event.type === "escalated" && event.manual;
  if (incident.status !== "open" && !(manual && incident.status === "acknowledged")) return;
  // The incident has moved to another team since.
  if (event.team !== incident.team) return;
  await sendPages(deps, incident, { ...event, manual }, now, deps.context);
  const { level, pass, nextAt } = event;
  if (nextAt === null || !standsAt(incident, event)) return;
  const timer: Timer = { kind: "escalation", incidentId: incident.id, level, pass, dueAt: nextAt };
  // The first timers of an incident are stored with its pointers.
  await (first ? queueTimer : setTimer)(deps, timer, now);
}

/**
 * Returns true if the step is still current. A late or repeated event must not reset the timer of a later
 * step.
 */
function standsAt(
  { escalation }: Incident,
  { level, pass, nextAt }: NonNullable<Incident["escalation"]>,
): boolean {
  return escalation?.level === level && escalation.pass === pass && escalation.nextAt === nextAt;
}
