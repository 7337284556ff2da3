import type { Alert, Suppressor } from "../../domain/alerts/alert.ts";
import type { Matchable } from "../../domain/alerts/matcher.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { silenceOf } from "../../domain/alerts/silence.ts";
import { type SimulateDeps, type Simulation, simulate } from "../oncall/simulate.ts";
import type { AlertRules } from "../ports/alerts.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { suppressionOf } from "./hold-alerts.ts";

export interface AlertSimulation extends Simulation {
  /** The alert as rules make it. */
  readonly alert: Matchable & Pick<Alert, "route">;
  /** What would hold it back: the last silence before it pages, or an unresolved incident. */
  readonly heldBy: Suppressor | null;
  /** When it would page if it still were the case; null when it would not, or nobody can say. */
  readonly pagesAt: number | null;
}

interface SimulateAlertDeps extends SimulateDeps {
  readonly incidents: IncidentStore;
  readonly rules: () => Promise<AlertRules>;
}

/** So many silences one after the other are as good as one without an end. */
const mostSilences = 100;

/**
 * What would become of an alert that comes at an instant, and whom it would page; creates nothing. What hides it is
 * asked of the incidents that there are now.
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
  let heldBy: AlertSimulation["heldBy"] = null;
  let pagesAt: number | null = at;
  for (let seen = 0; silence && seen < mostSilences; seen += 1) {
    heldBy = { kind: "silence", id: silence.silence.id };
    pagesAt = silence.until;
    silence = silenceOf(rules.silences, alert, pagesAt);
  }
  const hidden = await suppressionOf(deps, { ...rules, silences: [] }, alert, at);
  if (hidden) [heldBy, pagesAt] = [hidden.by, null];
  if (alert.route?.dropped) pagesAt = null;
  const from = pagesAt ?? at;
  const pages = await simulate(deps, alert.service, from, from + acknowledgedAfterMs, alert.team);
  return {
    ...pages,
    ...(pagesAt === null && { steps: [], fallback: null, announcements: [], resolvesAt: null }),
    alert,
    heldBy: alert.route?.dropped ? null : heldBy,
    pagesAt,
  };
}
