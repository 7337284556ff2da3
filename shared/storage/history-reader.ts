import { idPrefixes, timeOfId } from "../domain/ids.ts";
import type { Incident, IncidentStatus } from "../domain/incidents/incident.ts";
import type { IncidentEvent } from "../domain/incidents/incident-event.ts";
import type { Notification } from "../domain/notifications/notification.ts";
import type { Severity } from "../domain/severity.ts";
import { eventEntity } from "./incidents/incident-event-store.ts";
import { incidentEntity } from "./incidents/incident-store.ts";
import { historyPrefixes, keys, partitions, readTimeKey, timeKey } from "./keys.ts";
import { notificationEntity } from "./notifications/notification-store.ts";
import type { IndexEntry, IndexName, Key, Table } from "./table.ts";
import { firstUlidAt } from "./ulid-range.ts";

/** An index entry without its item. */
export interface HistoryEntry {
  readonly id: string;
  /** Time by which it is sorted, epoch milliseconds. */
  readonly at: number;
  readonly key: Key;
}

/** Index entries per query. A query ends at 1 MiB. */
const entriesPerQuery = 5_000;
/** Other events of the first milliseconds are among these. */
const firstEvents = 10;

export type HistoryReader = ReturnType<typeof historyReader>;

/**
 * Reads changes since a time, oldest first. Entries cost half a read unit per thirty and may be late. Items
 * are read in their current state.
 */
export function historyReader(table: Table) {
  const since = async function* (
    pk: string,
    from: string,
    read: (entry: IndexEntry) => { id: string; at: number },
  ): AsyncGenerator<HistoryEntry> {
    for await (const entry of entriesOf("gsi1", pk, from)) {
      yield { ...read(entry), key: { pk: entry.pk, sk: entry.sk } };
    }
  };

  const entriesOf = async function* (index: IndexName, pk: string, from?: string) {
    for (let bound = from; ; ) {
      const entries = await table.queryIndex(index, {
        pk,
        ...(bound !== undefined && { from: bound }),
        newestFirst: false,
        limit: entriesPerQuery,
      });
      yield* entries;
      const last = entries.at(-1);
      if (!last || entries.length < entriesPerQuery) return;
      // The bound is inclusive: a trailing space gives the first text after the last key.
      bound = `${last.gsisk} `;
    }
  };

  const byId = ({ gsisk: id }: IndexEntry) => ({ id, at: timeOfId(id) });
  const byTime = ({ gsisk }: IndexEntry) => {
    const { at, unique: id } = readTimeKey(gsisk);
    return { id, at };
  };

  return {
    incidentsSince: (at: number) =>
      since(partitions.incidents, idPrefixes.incident + firstUlidAt(Math.max(0, at)), byId),
    escalationsSince: (at: number) =>
      since(partitions.escalations, idPrefixes.event + firstUlidAt(Math.max(0, at)), byId),
    notificationsSince: (at: number) =>
      since(partitions.notifications, timeKey(Math.max(0, at), " "), byTime),

    /** Iterates over the IDs of incidents in a status, according to the index. */
    async *incidentsIn(status: IncidentStatus): AsyncGenerator<string> {
      for await (const { gsisk } of entriesOf("gsi3", partitions.incidentsOfStatus(status))) yield gsisk;
    },

    /** Returns those that exist, in the order of the IDs. */
    async incidents(ids: readonly string[]): Promise<Incident[]> {
      return (await table.getAll(ids.map(keys.incident))).map(incidentEntity.parse);
    },

    async notifications(ids: readonly string[]): Promise<Notification[]> {
      return (await table.getAll(ids.map(keys.notification))).map(notificationEntity.parse);
    },

    async events(entries: readonly HistoryEntry[]): Promise<IncidentEvent[]> {
      return (await table.getAll(entries.map(({ key }) => key))).map(eventEntity.parse);
    },

    /** Returns the initial severity, regardless of later changes. */
    async severityAtOpening(incident: Incident): Promise<Severity> {
      const pending = openedIn(incident.pendingEvents);
      if (pending) return pending.severity;
      const published = await table.query({
        pk: keys.incident(incident.id).pk,
        from: historyPrefixes.event,
        before: `${historyPrefixes.event}~`,
        newestFirst: false,
        limit: firstEvents,
      });
      return openedIn(published.map(eventEntity.parse))?.severity ?? incident.severity;
    },
  };
}

function openedIn(events: readonly IncidentEvent[]): (IncidentEvent & { type: "opened" }) | undefined {
  return events.find((event) => event.type === "opened");
}
