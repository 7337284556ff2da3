import * as z from "zod";
import { type Regrouped, severityKeysFrom, severityKeysOf } from "../../domain/alerts/correlation.ts";
import { AlreadyExists, StaleVersion } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { type Incident, incidentStatuses } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import { limits } from "../../domain/limits.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { isWorse, severities } from "../../domain/severity.ts";
import { incidentEventSchema, personSchema } from "../../messages/incident-changed.ts";
import type { IncidentFilter, IncidentStore } from "../../use-cases/ports/incidents.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity } from "../entity.ts";
import { historyPrefixes, keys, nameIn, partitions } from "../keys.ts";
import { type Listing, readPage } from "../listing.ts";
import { policySchema } from "../oncall/policy-schema.ts";
import { serviceSettings } from "../oncall/service-settings.ts";
import { expiryAfter, keptFor } from "../retention.ts";
import { ConditionFailed, type Item, type Put, type Table } from "../table.ts";
import { firstUlidAt } from "../ulid-range.ts";

export const incidentEntity = entity<Incident>({
  name: "incident",
  schema: z.object({
    id: z.string(),
    number: z.number(),
    title: z.string(),
    description: z.string().nullable(),
    service: z.string(),
    team: z.string(),
    severity: z.enum(severities),
    status: z.enum(incidentStatuses),
    assignedTo: personSchema.nullable(),
    dedupKey: z.string().nullable(),
    source: z.string(),
    alertCount: z.number(),
    lastAlertAt: z.number().nullable(),
    createdAt: z.number(),
    updatedAt: z.number(),
    acknowledgedAt: z.number().nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: z.number().nullable(),
    resolvedBy: z.string().nullable(),
    escalation: z.object({ level: z.number(), pass: z.number(), nextAt: z.number().nullable() }).nullable(),
    ...serviceSettings,
    group: z
      .object({ key: z.string(), windowSeconds: z.number(), firing: z.array(z.string()) })
      .exactOptional(),
    openings: z.array(z.number()).exactOptional(),
    flapping: z.object({ windowSeconds: z.number(), firing: z.boolean() }).exactOptional(),
    endsAt: z.number().optional(),
    countedAlerts: z.record(z.string(), z.array(z.string())),
    pendingEvents: z.array(incidentEventSchema),
    version: z.number(),
  }),
  key: ({ id }) => keys.incident(id),
  indexes: (incident) => ({
    gsi1: partitions.incidents,
    gsi2: partitions.incidentsOfService(incident.service),
    gsi3: partitions.incidentsOfStatus(incident.status),
    gsi4: partitions.incidentsOfTeam(incident.team),
    gsi5: partitions.incidentsOfSeverity(incident.severity),
    gsi6: incident.pendingEvents.length > 0 ? partitions.incidentsWithPendingEvents : undefined,
  }),
  sort: ({ id }) => id,
});

export const eventEntity = entity<IncidentEvent>({
  name: "event",
  schema: incidentEventSchema,
  key: ({ incidentId, id }) => keys.event(incidentId, id),
  indexes: (event) =>
    event.type === "escalated"
      ? {
          gsi1: partitions.escalations,
          gsi2: partitions.escalationsOfIncident(event.incidentId),
          gsi4: partitions.escalationsOfTeam(event.team),
        }
      : {},
  sort: ({ id }) => id,
});

interface StoredNote extends Note {
  /** True while its event is pending. */
  readonly toPublish: boolean;
}

export const noteEntity = entity<StoredNote>({
  name: "note",
  schema: z.object({
    id: z.string(),
    incidentId: z.string(),
    author: z.string().nullable(),
    content: z.string(),
    createdAt: z.number(),
    toPublish: z.boolean().default(false),
  }),
  key: ({ incidentId, id }) => keys.note(incidentId, id),
  indexes: ({ toPublish }) => ({ gsi6: toPublish ? partitions.notesToPublish : undefined }),
  sort: ({ id }) => id,
});

function noteIn(item: Item): Note {
  const { toPublish, ...note } = noteEntity.parse(item);
  return note;
}

interface EscalationRecord {
  readonly incidentId: string;
  /** State when the incident opened. */
  readonly policy: EscalationPolicy;
}

export const escalationEntity = entity<EscalationRecord>({
  name: "escalation",
  schema: z.object({ incidentId: z.string(), policy: policySchema }),
  key: ({ incidentId }) => keys.escalation(incidentId),
  // Version 1 stored the incident ID only in the key.
  upgrades: [(item) => ({ incidentId: nameIn(item), ...item })],
});

/** Time for which a resolved incident is still found by its correlation keys, to recognize late repeats. */
const resolvedCorrelationSeconds = 86_400;

const latest = { limit: limits.timelineEntries, after: null, bytes: limits.embeddedBytes };

/** @param eventsKeptDays retention of events; 0 keeps them permanently, as incidents are */
export function incidentStore(table: Table, eventsKeptDays = 0): IncidentStore {
  const keptEvent = keptFor(eventsKeptDays, eventEntity, ({ at }) => at);

  const find = async (id: string): Promise<Incident | undefined> => {
    const item = await table.get(keys.incident(id));
    return item && incidentEntity.parse(item);
  };

  const findPointedTo = async (pointer: { pk: string; sk: string }): Promise<Incident | undefined> => {
    const item = await table.get(pointer);
    return typeof item?.incidentId === "string" ? find(item.incidentId) : undefined;
  };

  const policyPut = (incidentId: string, policy: EscalationPolicy): Put => ({
    item: escalationEntity.toItem({ incidentId, policy }),
  });

  const pointTo = (incident: Incident, key: string, expiresAt?: number): Put => ({
    item: {
      ...keys.correlation(key),
      incidentId: incident.id,
      ...(expiresAt !== undefined && { expiresAt }),
    },
  });

  /** Pointers for alerts that joined a group's incident and, for a while, for those that resolved. */
  const regroup = (incident: Incident, { joined, left }: Regrouped): Put[] => [
    ...joined.map((key) => pointTo(incident, key)),
    ...left.map((key) =>
      pointTo(incident, key, expiryAfter(incident.lastAlertAt ?? 0, resolvedCorrelationSeconds)),
    ),
  ];

  /** Pointers to a resolved incident expire, so that they do not accumulate. */
  const expirePointers = async (incident: Incident): Promise<void> => {
    const expiresAt = expiryAfter(incident.resolvedAt ?? 0, resolvedCorrelationSeconds);
    const group = incident.group ? [incident.group.key, ...incident.group.firing] : [];
    const pointers = new Set([...Object.keys(incident.countedAlerts), ...severityKeysOf(incident), ...group]);
    for (const key of pointers) {
      const { item } = pointTo(incident, key, expiresAt);
      await table
        .put({ item, condition: { equals: { incidentId: incident.id } } })
        .catch(ignoreFailedCondition);
    }
  };

  return {
    find,
    findByNumber: (number) => findPointedTo(keys.incidentNumber(number)),
    findByCorrelationKey: (key) => findPointedTo(keys.correlation(key)),

    async findUnresolved(service, severity) {
      const hides = (incident: Incident) =>
        incident.status !== "resolved" &&
        incident.service === service &&
        !isWorse(severity, incident.severity);
      // Start with the pointers, because a new incident may not be in an index yet.
      for (const key of severityKeysFrom(service, severity)) {
        const incident = await findPointedTo(keys.correlation(key));
        if (incident && hides(incident)) return incident;
      }
      const latest = await table.queryIndex("gsi2", {
        pk: partitions.incidentsOfService(service),
        newestFirst: true,
        limit: limits.inhibitors,
      });
      return (await table.getAll(latest)).map((item) => incidentEntity.parse(item)).find(hides);
    },

    nextNumber: () => table.increment(keys.counter("incident")),

    async create(incident, correlationKey, policy = null) {
      const puts: Put[] = [
        { item: incidentEntity.toItem(incident), condition: { absent: true } },
        {
          item: { ...keys.incidentNumber(incident.number), incidentId: incident.id },
          condition: { absent: true },
        },
        ...(policy ? [policyPut(incident.id, policy)] : []),
      ];
      const leading = new Set([...severityKeysOf(incident), ...(incident.group?.firing ?? [])]);
      if (correlationKey !== null) leading.add(correlationKey);
      for (const key of leading) puts.push(pointTo(incident, key));
      try {
        await table.transact(puts);
      } catch (error) {
        throw error instanceof ConditionFailed ? new AlreadyExists(`Incident ${incident.id} exists`) : error;
      }
      return incident;
    },

    async findPolicy(incidentId) {
      const item = await table.get(keys.escalation(incidentId));
      return item && escalationEntity.parse(item).policy;
    },

    async save(incident, notes = [], policy = undefined, regrouped = { joined: [], left: [] }) {
      const saved = { ...incident, version: incident.version + 1 };
      const news = new Set(saved.pendingEvents.map(({ type }) => type));
      const put: Put = {
        item: incidentEntity.toItem(saved),
        condition: { equals: { version: incident.version } },
      };
      const besides: Put[] = [
        ...notes.map((note) => ({ item: noteEntity.toItem({ ...note, toPublish: false }) })),
        ...(policy ? [policyPut(incident.id, policy)] : []),
        ...(news.has("severity_changed") ? severityKeysOf(saved) : []).map((key) => pointTo(saved, key)),
        ...regroup(saved, regrouped),
      ];
      try {
        if (besides.length === 0) await table.put(put);
        else await table.transact([put, ...besides]);
      } catch (error) {
        throw error instanceof ConditionFailed
          ? new StaleVersion(`Incident ${incident.number} was changed in the meantime`)
          : error;
      }
      if (news.has("resolved")) await expirePointers(saved);
      return saved;
    },

    async clearPendingEvents(incident) {
      const item = incidentEntity.toItem({ ...incident, pendingEvents: [] });
      await table
        .put({ item, condition: { equals: { version: incident.version } } })
        .catch(ignoreFailedCondition);
    },

    async listWithPendingEvents(after) {
      const entries = await table.queryIndex("gsi6", {
        pk: partitions.incidentsWithPendingEvents,
        // The bound is inclusive: a trailing space gives the first text after the last ID.
        ...(after !== null && { from: `${after} ` }),
        newestFirst: false,
        limit: limits.pageSize,
      });
      const items = await table.getAll(entries);
      return {
        items: items
          .map((item) => incidentEntity.parse(item))
          .filter(({ pendingEvents }) => pendingEvents.length > 0),
        next: entries.length === limits.pageSize ? (entries.at(-1)?.gsisk ?? null) : null,
      };
    },

    list: (filter, page) => readPage(table, listingOf(filter), page),

    async *createdBetween(from, to) {
      const bound = idPrefixes.incident + firstUlidAt(from);
      let before = idPrefixes.incident + firstUlidAt(to);
      for (;;) {
        const entries = await table.queryIndex("gsi1", {
          pk: partitions.incidents,
          from: bound,
          before,
          newestFirst: true,
          limit: limits.pageSize,
        });
        for (const item of await table.getAll(entries)) yield incidentEntity.parse(item);
        const last = entries.at(-1);
        if (!last || entries.length < limits.pageSize) return;
        before = last.gsisk;
      }
    },

    appendEvents: (events) => table.putAll(events.map((event) => keptEvent.toItem(event))),

    async findEvent(incidentId, id) {
      const item = await table.get(keys.event(incidentId, id));
      return item && eventEntity.parse(item);
    },

    listEscalations({ incidentId, team }, page) {
      const source =
        incidentId !== undefined
          ? { index: "gsi2" as const, pk: partitions.escalationsOfIncident(incidentId) }
          : team !== undefined
            ? { index: "gsi4" as const, pk: partitions.escalationsOfTeam(team) }
            : { index: "gsi1" as const, pk: partitions.escalations };
      const accepts = (event: IncidentEvent) =>
        event.type === "escalated" && (team ?? event.team) === event.team;
      return readPage(table, { entity: eventEntity, ...source, accepts }, page);
    },

    async findNote(incidentId, id) {
      const item = await table.get(keys.note(incidentId, id));
      return item && noteIn(item);
    },

    async addNote(note) {
      const item = noteEntity.toItem({ ...note, toPublish: true });
      await table.put({ item, condition: { absent: true } }).catch(ignoreFailedCondition);
    },

    notePublished: (note) => table.put({ item: noteEntity.toItem({ ...note, toPublish: false }) }),

    async listNotesToPublish(after) {
      const { items, next } = await readEarliestFirst(
        table,
        { entity: noteEntity, index: "gsi6", pk: partitions.notesToPublish },
        after,
      );
      return { items: items.filter(({ toPublish }) => toPublish), next };
    },

    async history(incidentId) {
      const { pk } = keys.incident(incidentId);
      const [events, notes] = await Promise.all([
        readPage(table, { entity: eventEntity, pk, prefix: historyPrefixes.event }, latest),
        readPage(table, { entity: noteEntity, pk, prefix: historyPrefixes.note }, latest),
      ]);
      return {
        events: events.items.toReversed(),
        notes: notes.items.toReversed().map(({ toPublish, ...note }) => note),
      };
    },
  };
}

/** Chooses the most selective index. The rest of the filter is checked per item. */
function listingOf(filter: IncidentFilter): Listing<Incident> {
  const { status, severity, service, team } = filter;
  const text = filter.text?.toLowerCase() ?? "";
  const source =
    status !== undefined && status !== "resolved"
      ? { index: "gsi3" as const, pk: partitions.incidentsOfStatus(status) }
      : service !== undefined
        ? { index: "gsi2" as const, pk: partitions.incidentsOfService(service) }
        : team !== undefined
          ? { index: "gsi4" as const, pk: partitions.incidentsOfTeam(team) }
          : severity !== undefined
            ? { index: "gsi5" as const, pk: partitions.incidentsOfSeverity(severity) }
            : status !== undefined
              ? { index: "gsi3" as const, pk: partitions.incidentsOfStatus(status) }
              : { index: "gsi1" as const, pk: partitions.incidents };
  return {
    entity: incidentEntity,
    ...source,
    accepts: (incident) =>
      (status ?? incident.status) === incident.status &&
      (severity ?? incident.severity) === incident.severity &&
      (service ?? incident.service) === incident.service &&
      (team ?? incident.team) === incident.team &&
      incident.title.toLowerCase().includes(text),
  };
}

function ignoreFailedCondition(error: unknown): void {
  if (!(error instanceof ConditionFailed)) throw error;
}
