import type { Incident } from "../domain/incident.ts";
import type { Timer } from "../domain/timer.ts";
import { type ChangeIncidentDeps, changeIncident } from "./change-incident.ts";
import type { Clock, TimerQueue, TimerStore } from "./ports.ts";

/** The longest that a queue delays a message. */
const longestHopSeconds = 900;

export interface TimerDeps {
  readonly timers: TimerStore;
  readonly timerQueue: TimerQueue;
}

/** Sets the timer of an incident that resolves itself; the stored one is the net under the queued one. */
export async function armAutoResolve(deps: TimerDeps, incident: Incident, now: number): Promise<void> {
  const dueAt = autoResolvesAt(incident);
  if (dueAt === null) return;
  const timer: Timer = { kind: "auto_resolve", incidentId: incident.id, dueAt };
  await deps.timers.put(timer);
  await hop(deps, timer, now);
}

/** Resolves an incident that has been quiet for long enough; a hop or an alert since then sets the timer anew. */
export async function fireAutoResolve(
  deps: ChangeIncidentDeps & TimerDeps,
  timer: Timer,
  now: number,
): Promise<void> {
  if (timer.dueAt > now) return hop(deps, timer, now);
  const incident = await deps.incidents.find(timer.incidentId);
  const dueAt = incident ? autoResolvesAt(incident) : null;
  if (incident && dueAt !== null && dueAt > now) return armAutoResolve(deps, incident, now);
  if (incident && dueAt !== null) {
    await changeIncident(deps, incident.id, autoResolution, now);
  }
  await deps.timers.remove(timer);
}

/** Fires what is due by the stored timers, in case its message was lost. */
export async function sweepTimers(
  deps: ChangeIncidentDeps & TimerDeps & { readonly clock: Clock },
): Promise<void> {
  for (;;) {
    const due = await deps.timers.due(deps.clock());
    if (due.length === 0) return;
    for (const timer of due) await fireAutoResolve(deps, timer, deps.clock());
  }
}

const autoResolution = {
  commands: [{ type: "move", to: "resolved", actor: "auto-resolve" }],
  note: null,
  actor: "auto-resolve",
} as const;

/** Epoch milliseconds; null when the incident does not resolve itself. */
function autoResolvesAt(incident: Incident): number | null {
  if (incident.autoResolveSeconds === null || incident.status === "resolved") return null;
  return (incident.lastAlertAt ?? incident.createdAt) + incident.autoResolveSeconds * 1_000;
}

function hop(deps: TimerDeps, timer: Timer, now: number): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil((timer.dueAt - now) / 1_000));
  return deps.timerQueue.send(timer, Math.min(delaySeconds, longestHopSeconds));
}
