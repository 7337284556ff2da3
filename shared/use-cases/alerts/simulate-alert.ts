import type { Alert, Suppressor } from "../../domain/alerts/alert.ts";
import type { Matchable } from "../../domain/alerts/matcher.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { silenceOf } from "../../domain/alerts/silence.ts";
import { type SimulateDeps, type Simulation, simulate } from "../oncall/simulate.ts";
import type { AlertRules } from "../ports/alerts.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { suppressionOf } from "./suppress-alerts.ts";

interface AlertSimulation extends Simulation {
  /** The alert after the routing rules. */
  readonly alert: Matchable & Pick<Alert, "route">;
  /** The last silence before it pages, or the unresolved incident that suppresses it. */
  readonly suppressedBy: Suppressor | null;
  /** Time of its page if it keeps firing; null if it never pages or the time is unknown. */
  readonly pagesAt: number | null;
}

interface SimulateAlertDeps extends SimulateDeps {
  readonly incidents: IncidentStore;
  readonly rules: () => Promise<AlertRules>;
}

/** A chain of this many silences is treated as endless. */
const mostSilences = 100;

/**
 * Simulates an alert at a given time: its outcome and the people it would page. Creates nothing. Inhibition
 * uses current incidents.
 */
export async function simulateAlert(
  deps: SimulateAlertDeps,
  draft: Matchable,
  at: number,
  acknowledgedAfterMs: number,
): Promise<AlertSimulation> {
  const rules = await deps.rules();
  const alert: Alert = routed(
    { ...draft, id: "", action: "trigger", timestamp: at, receivedAt: at },
    rulesAt(rules.routing, at),
  );
  let silence = silenceOf(rules.silences, alert, at);
  let suppressedBy: AlertSimulation["suppressedBy"] = null;
  let pagesAt: number | null = at;
  for (let seen = 0; silence && seen < mostSilences; seen += 1) {
    suppressedBy = { kind: "silence", id: silence.silence.id };
    pagesAt = silence.until;
    silence = silenceOf(rules.silences, alert, pagesAt);
  }
  const hidden = await suppressionOf(deps, { ...rules, silences: [] }, alert, at);
  if (hidden) [suppressedBy, pagesAt] = [hidden.by, null];
  if (alert.route?.dropped) pagesAt = null;
  const from = pagesAt ?? at;
  const about = { ...alert, urgency: alert.route?.urgency };
  const pages = await simulate(deps, about, from, from + acknowledgedAfterMs);
  return {
    ...pages,
    ...(pagesAt === null && { steps: [], fallback: null, announcements: [], resolvesAt: null }),
    alert,
    suppressedBy: alert.route?.dropped ? null : suppressedBy,
    pagesAt,
  };
}
