/**
 * Pointers from correlation keys to the incident that their alerts belong to. A pointer stays when its incident is
 * resolved, until the next incident with the key overwrites it: to expire it would take a write unit, which costs as
 * much as to store it for years.
 */
import { type Regrouped, severityKeysOf } from "../../domain/alerts/correlation.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { KeyClaim, KeyPointer } from "../../use-cases/ports/incidents.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Condition, Item, Key, Put, Table } from "../table.ts";

/** Time for which a resolved incident is still found by its correlation keys, to recognize late repeats. */
const resolvedCorrelationSeconds = 86_400;

/** Returns true if the incident is still found by its correlation keys. */
export function leadsPointers({ resolvedAt }: Incident, now: number): boolean {
  return resolvedAt === null || now < resolvedAt + resolvedCorrelationSeconds * 1_000;
}

/** Returns the incident ID of a pointer. */
export async function followPointer(table: Table, key: Key): Promise<string | undefined> {
  return pointerOf(await table.get(key))?.incidentId;
}

/** Returns the pointer that an item holds. */
export function pointerOf(item: Item | undefined): KeyPointer | undefined {
  if (typeof item?.incidentId !== "string") return undefined;
  const { incidentId, revision } = item;
  return { incidentId, revision: typeof revision === "number" ? revision : undefined };
}

function pointerTo(incident: Incident, key: string, expiresAt?: number): Put {
  return {
    item: {
      ...keys.correlation(key),
      incidentId: incident.id,
      ...(expiresAt !== undefined && { expiresAt }),
    },
  };
}

/** Returns pointers that may only replace the ones that were read, and pointers from further keys, one per key. */
export function claimedPointers(
  incident: Incident,
  claims: readonly KeyClaim[],
  further: readonly string[],
): Put[] {
  const unclaimed = new Set(further).difference(new Set(claims.map(({ key }) => key)));
  return [
    ...claims.map(({ key, from }) => {
      const { item } = pointerTo(incident, key);
      // A reopened incident takes its keys again, and the pointer differs by the incident's version.
      const condition: Condition = from === undefined ? { absent: true } : { equals: { ...from } };
      return { item: { ...item, revision: incident.version }, condition };
    }),
    ...[...unclaimed].map((key) => pointerTo(incident, key)),
  ];
}

/**
 * Returns the pointers to a new incident: from its number and its correlation keys.
 *
 * @param claimed keys whose pointers were stored with the incident
 */
export function firstPointers(
  incident: Incident,
  correlationKeys: readonly string[],
  claimed: readonly string[] = [],
): Item[] {
  const { id: incidentId, number } = incident;
  const leading = new Set([
    ...severityKeysOf(incident),
    ...(incident.group?.firing ?? []),
    ...correlationKeys,
  ]);
  return [
    { ...keys.incidentNumber(number), incidentId },
    ...[...leading.difference(new Set(claimed))].map((key) => pointerTo(incident, key).item),
  ];
}

/** Returns pointers for alerts that joined a group's incident and, for a while, for those that resolved. */
export function regroupedPointers(incident: Incident, { joined, left }: Regrouped): Put[] {
  const expiresAt = expiryAfter(incident.lastAlertAt ?? 0, resolvedCorrelationSeconds);
  return [
    ...joined.map((key) => pointerTo(incident, key)),
    ...left.map((key) => pointerTo(incident, key, expiresAt)),
  ];
}
