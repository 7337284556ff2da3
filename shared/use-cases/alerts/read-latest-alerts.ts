import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import { fieldOf, isPatternOperator, type Matcher } from "../../domain/alerts/matcher.ts";
import { limits } from "../../domain/limits.ts";
import { patternSteps } from "../../domain/pattern.ts";
import type { AlertStore } from "../ports/alerts.ts";

/** One read of the latest alerts. During a storm they cover less than an hour. */
export const latestAlerts = { limit: 200, after: null, bytes: 1024 * 1024 };

export interface LatestAlerts {
  /** Newest first. */
  readonly alerts: readonly RecordedAlert[];
  /** False if there are fewer than the usual number because comparing more would take too long. */
  readonly complete: boolean;
}

/** Reads the latest alerts: as many as can be compared with the matchers in about a second, but at least one. */
export async function readLatestAlerts(
  deps: { readonly alerts: AlertStore },
  matchers: readonly Matcher[],
): Promise<LatestAlerts> {
  const { items, next } = await deps.alerts.list({}, latestAlerts);
  const patterns = matchers
    .filter(({ op }) => isPatternOperator(op))
    .map(({ field, value }) => ({ field, steps: patternSteps(value) }));
  let steps = 0;
  const tooMany = items.findIndex((alert, index) => {
    for (const each of patterns) steps += each.steps * fieldOf(alert, each.field).length;
    return index > 0 && steps > limits.previewMatchSteps;
  });
  return tooMany === -1
    ? { alerts: items, complete: next === null || items.length === latestAlerts.limit }
    : { alerts: items.slice(0, tooMany), complete: false };
}
