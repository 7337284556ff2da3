import * as z from "zod";
import { severityKeysFrom, severityKeysOf } from "../../domain/alerts/correlation.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { type Incident, incidentStatuses } from "../../domain/incidents/incident.ts";
import { accepts, type IncidentFilter } from "../../domain/incidents/incident-filter.ts";
import { timersOf } from "../../domain/incidents/timer.ts";
import { limits } from "../../domain/limits.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { isWorse, severities } from "../../domain/severity.ts";
import { incidentEventSchema, personSchema } from "../../messages/incident-changed.ts";
import type { IncidentStore } from "../../use-cases/ports/incidents.ts";
import type { Clock } from "../../use-cases/ports/system.ts";
import { ignoreFailedCondition } from "../conditional-write.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, nameIn, partitions } from "../keys.ts";
import type { Listing } from "../listing.ts";
import { policySchema } from "../oncall/policy-schema.ts";
import { serviceSettings } from "../oncall/service-settings.ts";
import type { Key, Put, Table } from "../table.ts";
import { firstUlidAt } from "../ulid-range.ts";
import {
  claimedPointers,
  firstPointers,
  followPointer,
  leadsPointers,
  pointerOf,
  regroupedPointers,
} from "./correlation-pointers.ts";
import { noteEntity } from "./incident-event-store.ts";
import { lifecycleFields } from "./lifecycle-fields.ts";
import { numberBlocks } from "./number-blocks.ts";
import { withShortOpening } from "./short-opening.ts";
import { timerEntity } from "./timer-store.ts";

export const incidentEntity = entity<Incident>({
  name: "incident",
  schema: withShortOpening(
    z.object({
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
      escalation: z
        .object({
          level: z.number(),
          pass: z.number(),
          firstPass: z.number().exactOptional(),
          nextAt: z.number().nullable(),
        })
        .nullable(),
      ...lifecycleFields,
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
  ),
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

/** Without the entry for the sweep of pending events, which takes a write unit to put and another to remove. */
const unsweptEntity: typeof incidentEntity = {
  ...incidentEntity,
  toItem(incident) {
    const { gsi6pk, ...item } = incidentEntity.toItem(incident);
    return item;
  },
};

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

/** More incidents than are created in a day. */
const mostPerRange = 10_000_000;

/** @param clock measures the rate of new incidents; without it, their numbers are consecutive at any rate */
export function incidentStore(table: Table, clock: Clock = () => 0): IncidentStore {
  const incidents = entityStore(table, incidentEntity, { label: ({ number }) => `Incident ${number}` });
  const escalations = entityStore(table, escalationEntity, {
    label: ({ incidentId }) => `The escalation of ${incidentId}`,
  });

  const unswept = entityStore(table, unsweptEntity, { label: ({ number }) => `Incident ${number}` });

  const find = (id: string) => incidents.find(keys.incident(id));

  const findPointedTo = async (pointer: Key): Promise<Incident | undefined> => {
    const id = await followPointer(table, pointer);
    return id === undefined ? undefined : find(id);
  };

  /** Returns the incident that an incident was merged into, or itself. Reads one unit per merge in a row. */
  const followMerges = async (incident: Incident): Promise<Incident | undefined> => {
    let current: Incident | undefined = incident;
    for (let steps = 0; current?.mergedInto !== undefined && steps <= limits.mergedIncidents; steps += 1)
      current = await find(current.mergedInto);
    return current;
  };

  const findLedTo = async (correlationKey: string): Promise<Incident | undefined> => {
    const found = await findPointedTo(keys.correlation(correlationKey));
    return found && followMerges(found);
  };

  const findHolder: IncidentStore["findHolder"] = async (key, now) => {
    const pointer = pointerOf(await table.get(keys.correlation(key)));
    const found = pointer && (await find(pointer.incidentId));
    const holder = found && (await followMerges(found));
    return { key, pointer, holder: holder && leadsPointers(holder, now) ? holder : undefined };
  };

  const policyPut = (incidentId: string, policy: EscalationPolicy): Put => ({
    item: escalationEntity.toItem({ incidentId, policy }),
  });

  return {
    find,
    async findAll(ids, { consistent = false } = {}) {
      const items = await table.getAll(ids.map(keys.incident), { stale: !consistent });
      return items.map((item) => incidentEntity.parse(item));
    },
    async findByNumber(number) {
      const found = await findPointedTo(keys.incidentNumber(number));
      // Two consumers of one alert take a number each, and one of them is not used.
      return found?.number === number ? found : undefined;
    },
    findByCorrelationKey: async (key, now) => (await findHolder(key, now)).holder,

    findHolder,

    async findHolders(correlationKeys) {
      const pointers = await table.getAll(correlationKeys.map(keys.correlation));
      const leads = new Map(pointers.map((item) => [`${item.pk} ${item.sk}`, pointerOf(item)]));
      const pointerFrom = (key: string) => {
        const { pk, sk } = keys.correlation(key);
        return leads.get(`${pk} ${sk}`);
      };
      const ids = new Set([...leads.values()].flatMap((pointer) => pointer?.incidentId ?? []));
      const items = await table.getAll([...ids].map(keys.incident));
      const found = items.map((item) => incidentEntity.parse(item));
      const holders = new Map(
        await Promise.all(found.map(async (each) => [each.id, await followMerges(each)] as const)),
      );
      return correlationKeys.map((key) => {
        const pointer = pointerFrom(key);
        return { key, pointer, holder: pointer && holders.get(pointer.incidentId) };
      });
    },

    async findUnresolved(service, severity) {
      const hides = (incident: Incident) =>
        incident.status !== "resolved" &&
        (incident.service === service || incident.mergedCount !== undefined) &&
        !isWorse(severity, incident.severity);
      // Start with the pointers, because a new incident may not be in an index yet.
      for (const key of severityKeysFrom(service, severity)) {
        const incident = await findLedTo(key);
        if (incident && hides(incident)) return incident;
      }
      const latest = await table.queryIndex("gsi2", {
        pk: partitions.incidentsOfService(service),
        newestFirst: true,
        limit: limits.inhibitors,
      });
      return (await incidents.findAll(latest)).find(hides);
    },

    nextNumber: numberBlocks((by) => table.increment(keys.counter("incident"), { by }), clock),

    async create(incident, correlationKey, policy = null) {
      if (policy) await table.put(policyPut(incident.id, policy));
      await incidents.create(incident);
      await table.putAll(firstPointers(incident, correlationKey === null ? [] : [correlationKey]));
      return incident;
    },

    async open(incident, policy, claims = []) {
      if (policy) await table.put(policyPut(incident.id, policy));
      await unswept.create(incident, claimedPointers(incident, claims, []));
      return incident;
    },

    putDerived: (incident, claimed) =>
      table.putAll([
        ...firstPointers(incident, Object.keys(incident.countedAlerts), claimed),
        ...timersOf(incident).map((timer) => timerEntity.toItem(timer)),
      ]),

    findPolicy: async (incidentId) => (await escalations.find(keys.escalation(incidentId)))?.policy,

    async save(incident, { notes = [], policy, regrouped, claims = [], swept = true } = {}) {
      const news = new Set(incident.pendingEvents.map(({ type }) => type));
      return (swept ? incidents : unswept).replace(incident, incident, (next) => [
        ...notes.map((note) => ({ item: noteEntity.toItem({ ...note, toPublish: false }) })),
        ...(policy ? [policyPut(next.id, policy)] : []),
        ...(regrouped ? regroupedPointers(next, regrouped) : []),
        ...claimedPointers(next, claims, news.has("severity_changed") ? severityKeysOf(next) : []),
      ]);
    },

    async merge({ source, target }, { notes = [], claims = [] } = {}) {
      const { saved, write } = incidents.replacement(target, target);
      const raised = saved.pendingEvents.some(({ type }) => type === "severity_changed");
      const resolved = await incidents.replace(source, source, () => [
        write,
        ...notes.map((note) => ({ item: noteEntity.toItem({ ...note, toPublish: false }) })),
        ...claimedPointers(saved, claims, raised ? severityKeysOf(saved) : []),
      ]);
      return { source: resolved, target: saved };
    },

    async clearPendingEvents(incident) {
      const item = incidentEntity.toItem({ ...incident, pendingEvents: [] });
      await table
        .put({ item, condition: { equals: { version: incident.version } } })
        .catch(ignoreFailedCondition);
    },

    async listWithPendingEvents(after) {
      const { items, next } = await readEarliestFirst(
        table,
        { entity: incidentEntity, index: "gsi6", pk: partitions.incidentsWithPendingEvents },
        after,
      );
      return { items: items.filter(({ pendingEvents }) => pendingEvents.length > 0), next };
    },

    list: (filter, page) => incidents.list(sourceOf(filter), page),

    async idsIn(status, limit) {
      const pk = partitions.incidentsOfStatus(status);
      const entries = await table.queryIndex("gsi3", { pk, newestFirst: true, limit });
      return entries.map(({ gsisk }) => gsisk);
    },

    async idsCreatedBetween(from, to) {
      const entries = await table.queryIndex("gsi1", {
        pk: partitions.incidents,
        from: idPrefixes.incident + firstUlidAt(from),
        before: idPrefixes.incident + firstUlidAt(to),
        newestFirst: true,
        limit: mostPerRange,
      });
      return entries.map(({ gsisk }) => gsisk);
    },
  };
}

/** Chooses the most selective index. The rest of the filter is checked per item. */
function sourceOf(filter: IncidentFilter): Omit<Listing<Incident>, "entity"> {
  const { status, severity, service, team } = filter;
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
  return { ...source, accepts: accepts(filter) };
}
