/**
 * Suppression of alerts by silences and inhibition. They are stored until they resolve or nothing suppresses
 * them any longer.
 */
import type { Alert, RecordedAlert } from "../../domain/alerts/alert.ts";
import { configuredKey } from "../../domain/alerts/correlation.ts";
import { silenceOf } from "../../domain/alerts/silence.ts";
import {
  addToSuppressed,
  inhibitionMs,
  type SuppressedAlert,
  type Suppression,
  suppressionKey,
} from "../../domain/alerts/suppressed-alert.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { isWorse } from "../../domain/severity.ts";
import type { AlertRules, AlertStore, SuppressedAlertStore } from "../ports/alerts.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { SeededUlids } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface SuppressDeps {
  readonly incidents: IncidentStore;
  readonly suppressedAlerts: SuppressedAlertStore;
  readonly seededUlids: SeededUlids;
}

/** Returns what suppresses an alert at a time; null if nothing does. */
export async function suppressionOf(
  deps: Pick<SuppressDeps, "incidents">,
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
  deps: SuppressDeps,
  { silences }: AlertRules,
  suppression: Suppression,
  alerts: readonly Alert[],
): Promise<readonly RecordedAlert[]> {
  const kept = leading(alerts, (alert, first) => {
    if (suppressionKey(alert) !== suppressionKey(first) || alert.action !== "trigger") return false;
    return suppression.by.kind === "silence"
      ? silenceOf(silences, alert, alert.receivedAt) !== null
      : alert.severity === first.severity && alert.route?.inhibitedBy === first.route?.inhibitedBy;
  });
  const [first] = kept;
  if (!first) return [];
  const key = suppressionKey(first);
  const known = await deps.suppressedAlerts.find(key);
  const suppressed = kept.reduce<SuppressedAlert | undefined>(
    (suppressed, alert) => addToSuppressed(suppressed, alert, suppression),
    known,
  );
  if (suppressed) await deps.suppressedAlerts.put(suppressed);
  const fate = { outcome: "suppressed", incidentId: null, suppressedBy: suppression.by } as const;
  return kept.map((alert) => ({ ...alert, ...fate }));
}

/** Returns the first alert and the directly following ones with the same outcome. */
function leading(
  alerts: readonly Alert[],
  belongsTo: (alert: Alert, first: Alert) => boolean,
): readonly Alert[] {
  const [first] = alerts;
  const others = first ? alerts.findIndex((alert) => !belongsTo(alert, first)) : -1;
  return others === -1 ? alerts : alerts.slice(0, others);
}

/** ID of the alert sent for a suppressed one: the same however often it is sent. */
export function releasedId(
  { seededUlids }: Pick<SuppressDeps, "seededUlids">,
  { key, dueAt }: SuppressedAlert,
): string {
  return idPrefixes.alert + seededUlids(`${key} ${dueAt}`)(dueAt);
}

/**
 * Returns the suppressed alert that this alert was sent for; undefined if it has resolved or must be sent
 * anew.
 */
export async function suppressedAlertOf(
  deps: SuppressDeps,
  { suppressedAs, id }: Alert,
): Promise<SuppressedAlert | undefined> {
  const suppressed = suppressedAs === undefined ? undefined : await deps.suppressedAlerts.find(suppressedAs);
  return suppressed && releasedId(deps, suppressed) === id ? suppressed : undefined;
}

interface ReleaseDeps extends SuppressDeps {
  readonly alerts: AlertStore;
}

/** Deletes a suppressed alert that was accepted or has resolved. The records of an accepted one show its successor. */
export async function release(
  deps: ReleaseDeps,
  rules: AlertRules,
  recorded: readonly RecordedAlert[],
): Promise<void> {
  for (const alert of recorded) {
    const { suppressedAs, id, action, outcome } = alert;
    if (outcome === "suppressed") continue;
    if (suppressedAs !== undefined && outcome === "dropped") await forget(deps, suppressedAs, id);
    else if (suppressedAs !== undefined) {
      await recordRelease(deps, suppressedAs, id);
      await forget(deps, suppressedAs);
    } else if (action === "resolve" && outcome === "dropped") await forget(deps, configuredKey(alert));
    else if (outcome === "new_incident" && maySuppress(rules)) await forget(deps, configuredKey(alert));
  }
}

/** Changes the records of the alerts suppressed under a key: one read of it, at most 21 of records and as many writes. */
async function recordRelease(
  { suppressedAlerts, alerts }: ReleaseDeps,
  key: string,
  releasedAs: string,
): Promise<void> {
  const suppressed = await suppressedAlerts.find(key);
  if (!suppressed) return;
  const records = await Promise.all(
    [suppressed.alert.id, ...suppressed.earlierIds].map((id) => alerts.find(id)),
  );
  await alerts.record(
    records.flatMap((record) => (record?.outcome === "suppressed" ? { ...record, releasedAs } : [])),
  );
}

/** Returns false without silences and inhibition rules, so that incidents cost nothing extra. */
function maySuppress({ routing: { current, superseded }, silences }: AlertRules): boolean {
  const rules = [...current.rules, ...(superseded?.rules ?? [])];
  return silences.length > 0 || rules.some(({ inhibitedBy }) => inhibitedBy !== null);
}

/** @param sentAs deletes it only if this is the alert currently sent for it */
function forget(deps: SuppressDeps, key: string, sentAs?: string): Promise<void> {
  return retryOnConflict(async () => {
    const suppressed = await deps.suppressedAlerts.find(key);
    if (suppressed && (sentAs === undefined || releasedId(deps, suppressed) === sentAs))
      await deps.suppressedAlerts.remove(suppressed);
  });
}
