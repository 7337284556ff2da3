import { minuteMs } from "../../domain/time-units.ts";
import type { AlertStore } from "../ports/alerts.ts";
import { latestAlerts } from "./read-latest-alerts.ts";

export interface AlertRate {
  /** Alerts per minute in the sample, oldest first. The last minute is incomplete, and the first may be. */
  readonly perMinute: readonly number[];
  /** True if the sample covers the whole hour. */
  readonly complete: boolean;
}

/** Counts alerts per minute over the last hour, or as far back as the latest 200 reach. */
export async function readAlertRate(deps: { readonly alerts: AlertStore }, now: number): Promise<AlertRate> {
  const { items, next } = await deps.alerts.list({}, latestAlerts);
  const minuteOf = (at: number) => Math.floor(at / minuteMs);
  const ages = items.map(({ receivedAt }) => Math.max(0, minuteOf(now) - minuteOf(receivedAt)));
  const complete = next === null || (ages.at(-1) ?? 0) >= 60;
  const minutes = complete ? 60 : (ages.at(-1) ?? 0) + 1;
  const perMinute = Array.from({ length: minutes }, () => 0);
  for (const age of ages) {
    if (age < minutes) perMinute[minutes - 1 - age] = (perMinute[minutes - 1 - age] ?? 0) + 1;
  }
  return { perMinute, complete };
}
