/** Alerts that a silence means, or that something worse hides: kept aside until they are over or nothing is in their way. */
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
import { retryStale } from "../retry-stale.ts";

export interface HoldDeps {
  readonly incidents: IncidentStore;
  readonly held: HeldAlertStore;
  readonly seededUlids: SeededUlids;
}

/** What keeps an alert from opening an incident at an instant; null for nothing. */
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

/** Keeps the first alert aside, and those behind it that say the same. @returns what is to be recorded of them */
export async function holdBack(
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

/** The first and those right behind it that go its way. */
function leading(
  alerts: readonly Alert[],
  goesWith: (alert: Alert, first: Alert) => boolean,
): readonly Alert[] {
  const [first] = alerts;
  const others = first ? alerts.findIndex((alert) => !goesWith(alert, first)) : -1;
  return others === -1 ? alerts : alerts.slice(0, others);
}

/** The id of the alert that is sent for a held one: the same however often it is sent. */
export function releasedId(
  { seededUlids }: Pick<HoldDeps, "seededUlids">,
  { key, dueAt }: HeldAlert,
): string {
  return idPrefixes.alert + seededUlids(`${key} ${dueAt}`)(dueAt);
}

/** What is held back for which this very alert is sent; undefined once that is over or is to be sent anew. */
export async function heldFor(deps: HoldDeps, { heldAs, id }: Alert): Promise<HeldAlert | undefined> {
  const held = heldAs === undefined ? undefined : await deps.held.find(heldAs);
  return held && releasedId(deps, held) === id ? held : undefined;
}

/** Forgets what was held back and has come through, or is over. */
export async function letGo(
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

/** Without silences and rules that inhibit, nothing is looked for: an incident costs what it costs. */
function mayHold({ routing: { current, superseded }, silences }: AlertRules): boolean {
  const rules = [...current.rules, ...(superseded?.rules ?? [])];
  return silences.length > 0 || rules.some(({ inhibitedBy }) => inhibitedBy !== null);
}

/** @param sentAs only if this is the alert that is sent for it now */
function forget(deps: HoldDeps, key: string, sentAs?: string): Promise<void> {
  return retryStale(async () => {
    const held = await deps.held.find(key);
    if (held && (sentAs === undefined || releasedId(deps, held) === sentAs)) await deps.held.remove(held);
  });
}
