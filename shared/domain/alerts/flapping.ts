/**
 * What comes and goes and comes again pages once: after so many swings within a window its incident stays open through
 * the further ones, until it has been over for as long as the window.
 */

import type { Incident } from "../incidents/incident.ts";
import type { Alert } from "./alert.ts";

/** A swing is an incident that was opened and resolved. */
export interface FlapRule {
  readonly swings: number;
  readonly windowSeconds: number;
}

/** When incidents of one key opened lately, and whether the latest stays. */
export type Swinging = Pick<Incident, "openings" | "flapping">;

/**
 * What an incident that opens knows of those before it.
 *
 * @param previous that of the same key, resolved
 */
export function swinging(alert: Alert, previous: Incident | undefined): Swinging {
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

/** How long an incident is quiet before it resolves itself, and whether it then does or is only looked at again. */
export function patienceWith({
  autoResolveSeconds,
  flapping,
}: Incident): { readonly seconds: number; readonly resolves: boolean } | null {
  if (flapping && (!flapping.firing || autoResolveSeconds === null))
    return { seconds: flapping.windowSeconds, resolves: !flapping.firing };
  return autoResolveSeconds === null ? null : { seconds: autoResolveSeconds, resolves: true };
}
