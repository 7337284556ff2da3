/**
 * Flap detection. After a number of open→resolve cycles within a window, the incident stays open through
 * further flaps, so it pages only once. It resolves after it has been quiet for the length of the window.
 */

import type { Incident } from "../incidents/incident.ts";
import type { Alert } from "./alert.ts";

/** Recent openings of incidents with one key, and whether the latest stays open. */
export type FlapHistory = Pick<Incident, "openings" | "flapping">;

/**
 * Returns the flap history of a new incident.
 *
 * @param previous the previous, resolved incident with the same key
 */
export function flapHistory(alert: Alert, previous: Incident | undefined): FlapHistory {
  const rule = alert.route?.flapping;
  if (!rule) return {};
  const { swings, windowSeconds } = rule;
  const since = alert.receivedAt - windowSeconds * 1_000;
  const before = (previous?.openings ?? []).filter((at) => at > since);
  return {
    openings: [...before, alert.receivedAt].slice(-(swings + 1)),
    ...(before.length >= swings && { flapping: { windowSeconds, firing: true } }),
  };
}

/**
 * Returns how long an incident must be quiet before its timer fires, and whether it then resolves or is only
 * checked again.
 */
export function autoResolveTimeout({
  autoResolveSeconds,
  flapping,
}: Incident): { readonly seconds: number; readonly resolves: boolean } | null {
  if (flapping && (!flapping.firing || autoResolveSeconds === null))
    return { seconds: flapping.windowSeconds, resolves: !flapping.firing };
  return autoResolveSeconds === null ? null : { seconds: autoResolveSeconds, resolves: true };
}
