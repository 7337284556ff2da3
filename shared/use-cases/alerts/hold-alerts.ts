/**
 * Suppression of alerts by silences and inhibition. They are stored until they resolve or nothing suppresses
 * them any longer.
 */
import type { Alert, RecordedAlert } from "../../domain/alerts/alert.ts";
import { ownKey } from "../../domain/alerts/correlation.ts";
import {
  type HeldAlert,
  heldKey,
  hold,
  inhibitionMs,
  type Suppression,
} from "../../domain/alerts/held-alert.ts";
import { silenceOf } from "../../domain/alerts/silence.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { isWorse } from "../../domain/severity.ts";
import type { AlertRules, HeldAlertStore } from "../ports/alerts.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { SeededUlids } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface HoldDeps {
  readonly incidents: IncidentStore;
  readonly held: HeldAlertStore;
  readonly seededUlids: SeededUlids;
}

/** Returns what suppresses an alert at a time; null if nothing does. */
export async function suppressionOf(
  deps: Pick<HoldDeps, "incidents">,
  { silences }: AlertRules,
  alert: Alert,
  at: number,
): Promise<Suppression | null> {
  const silenced = silenceOf(silences, alert, at);
  if (silenced) return { by: { kind: "silence", id: silenced.silence.id }, until: silenced.until };
  const worse = alert.route?.inhibitedBy;
  if (worse === undefined || !isWorse(worse, alert.severity)) return null;
  const hiding = await deps.incidents.findUnresolved(alert.service, worse);
  return hiding ? { by: { kind: "incident", id: hiding.id }, until: at + inhibitionMs } : null;
}

/** Suppresses the first alert and the following ones of the same key. @returns their records */
export async function suppress(
  deps: HoldDeps,
  { silences }: AlertRules,
  suppression: Suppression,
  alerts: readonly Alert[],
): Promise<readonly RecordedAlert[]> {
  const kept = leading(alerts, (alert, first) => {
    if (heldKey(alert) !== heldKey(first) || alert.action !== "trigger") return false;
    return suppression.by.kind === "silence"
      ? silenceOf(silences, alert, alert.receivedAt) !== null
      : alert.severity === first.severity && alert.route?.inhibitedBy === first.route?.inhibitedBy;
  });
  const [first] = kept;
  if (!first) return [];
  const key = heldKey(first);
  const known = await deps.held.find(key);
  const held = kept.reduce<HeldAlert | undefined>((held, alert) => hold(held, alert, suppression), known);
  if (held) await deps.held.put(held);
  const fate = { outcome: "suppressed", incidentId: null, suppressedBy: suppression.by } as const;
  return kept.map((alert) => ({ ...alert, ...fate }));
}

/** Returns the first alert and the directly following ones with the same outcome. */
function leading(
  alerts: readonly Alert[],
  goesWith: (alert: Alert, first: Alert) => boolean,
): readonly Alert[] {
  const [first] = alerts;
  const others = first ? alerts.findIndex((alert) => !goesWith(alert, first)) : -1;
  return others === -1 ? alerts : alerts.slice(0, others);
}

/** ID of the alert sent for a suppressed one: the same however often it is sent. */
export function releasedId(
  { seededUlids }: Pick<HoldDeps, "seededUlids">,
  { key, dueAt }: HeldAlert,
): string {
  return idPrefixes.alert + seededUlids(`${key} ${dueAt}`)(dueAt);
}

/**
 * Returns the suppressed alert that this alert was sent for; undefined if it has resolved or must be sent
 * anew.
 */
export async function heldFor(deps: HoldDeps, { heldAs, id }: Alert): Promise<HeldAlert | undefined> {
  const held = heldAs === undefined ? undefined : await deps.held.find(heldAs);
  return held && releasedId(deps, held) === id ? held : undefined;
}

/** Deletes a suppressed alert that was accepted or has resolved. */
export async function release(
  deps: HoldDeps,
  rules: AlertRules,
  recorded: readonly RecordedAlert[],
): Promise<void> {
  for (const alert of recorded) {
    const { heldAs, id, action, outcome } = alert;
    if (outcome === "suppressed") continue;
    if (heldAs !== undefined) await forget(deps, heldAs, outcome === "dropped" ? id : undefined);
    else if (action === "resolve" && outcome === "dropped") await forget(deps, ownKey(alert));
    else if (outcome === "new_incident" && mayHold(rules)) await forget(deps, ownKey(alert));
  }
}

/** Returns false without silences and inhibition rules, so that incidents cost nothing extra. */
function mayHold({ routing: { current, superseded }, silences }: AlertRules): boolean {
  const rules = [...current.rules, ...(superseded?.rules ?? [])];
  return silences.length > 0 || rules.some(({ inhibitedBy }) => inhibitedBy !== null);
}

/** @param sentAs deletes it only if this is the alert currently sent for it */
function forget(deps: HoldDeps, key: string, sentAs?: string): Promise<void> {
  return retryOnConflict(async () => {
    const held = await deps.held.find(key);
    if (held && (sentAs === undefined || releasedId(deps, held) === sentAs)) await deps.held.remove(held);
  });
}
