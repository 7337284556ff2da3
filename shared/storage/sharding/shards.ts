/**
 * Partitions with shards, because a partition accepts 1,000 write units per second. An item's shard is computed from
 * its key.
 *
 * - Lists are ordered by time. An item has a shard if its hour had a high load (sharded-hours.ts), so a list without load
 *   is one partition.
 * - Sweeps look for what is due, whenever it was written. Their items always have shards.
 *
 * Lists of one service, team or person have no shards: each accepts 1,000 new incidents or notifications per second.
 */
import { sha256 } from "../../crypto/sha256.ts";
import { idPrefixes, timeOfId } from "../../domain/ids.ts";
import { incidentStatuses } from "../../domain/incidents/incident.ts";
import { severities } from "../../domain/severity.ts";
import { partitions, readTimeKey, shardingPrefix } from "../keys.ts";
import { type Item, indexNames, type Key } from "../table.ts";
import { firstUlidAt } from "../ulid-range.ts";

/** Kinds of items whose load is measured. */
export const loads = ["alerts", "incidents", "notifications"] as const;
export type Load = (typeof loads)[number];

export interface List {
  readonly shards: number;
  readonly load: Load;
  /** Returns the first sort key of a time in epoch milliseconds. */
  readonly keyAt: (at: number) => string;
  /** Returns the time of a sort key. */
  readonly timeOf: (sortKey: string) => number;
}

/** For 100,000 alerts per second. */
export const alertShards = 128;

const byId = (prefix: string) => ({ keyAt: (at: number) => prefix + firstUlidAt(at), timeOf: timeOfId });
const byTime = {
  keyAt: (at: number) => new Date(at).toISOString(),
  timeOf: (key: string) => readTimeKey(key).at,
};
const alertList = { load: "alerts", ...byId(idPrefixes.alert) } as const;
/** For 5,000 new incidents per second, which write up to three units to a list. */
const incidentList: List = { load: "incidents", shards: 16, ...byId(idPrefixes.incident) };

const lists: ReadonlyMap<string, List> = new Map([
  [partitions.alerts, { ...alertList, shards: alertShards }],
  [partitions.incidents, incidentList],
  ...incidentStatuses.map((status) => [partitions.incidentsOfStatus(status), incidentList] as const),
  ...severities.map((severity) => [partitions.incidentsOfSeverity(severity), incidentList] as const),
  [partitions.escalations, { ...incidentList, ...byId(idPrefixes.event) }],
  [partitions.notifications, { load: "notifications", shards: 16, ...byTime }],
]);
const alertsOfIncident: List = { ...alertList, shards: 8 };
const alertsOfIncidentPrefix = partitions.alertsOfIncident("");

const sweeps: ReadonlyMap<string, number> = new Map(
  [
    partitions.timers,
    partitions.incidentsWithPendingEvents,
    partitions.suppressedAlerts,
    partitions.heartbeatsToWatch,
  ].map((partition) => [partition, 8]),
);

/** Returns the list in a partition, if it may have shards. */
export function listOf(pk: string): List | undefined {
  const isOfIncident = pk.startsWith(alertsOfIncidentPrefix) && pk !== alertsOfIncidentPrefix;
  return isOfIncident ? alertsOfIncident : lists.get(pk);
}

/** Returns the number of shards of a partition that sweeps read. */
export function shardsOfSweep(pk: string): number | undefined {
  return sweeps.get(pk);
}

/**
 * Returns the shard of a partition, of the table or of an index, that an item belongs to.
 *
 * @param key key of the item, as if there were no shards
 */
export function shardOf(partition: string, { pk, sk }: Key, count: number): string {
  // Either part may be the same for all items, as in a list, or for all items of a kind.
  return `${partition}#${Number.parseInt(sha256(`${pk}\n${sk}`).slice(0, 8), 16) % count}`;
}

export function shardsOf(partition: string, count: number): string[] {
  return Array.from({ length: count }, (_, shard) => `${partition}#${shard}`);
}

/** Returns the partition that a shard belongs to, and any other partition itself. */
export function partitionOf(pk: string): string {
  const partition = pk.replace(/#\d+$/, "");
  return sweeps.has(partition) || listOf(partition) ? partition : pk;
}

/** Returns an item as it is without shards. */
export function withoutShards(item: Item): Item {
  const entries = indexNames.flatMap((index) => {
    const pk = item[`${index}pk`];
    return typeof pk === "string" ? [[`${index}pk`, partitionOf(pk)]] : [];
  });
  return { ...item, ...Object.fromEntries(entries), pk: partitionOf(item.pk) };
}

/** Returns true for an item about the shards of others. */
export function isOfSharding({ pk }: Item): boolean {
  return pk.startsWith(shardingPrefix);
}
