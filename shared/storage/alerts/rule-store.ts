import * as z from "zod";
import { noRouting, type Routing, type RoutingHistory } from "../../domain/alerts/routing.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import { limits } from "../../domain/limits.ts";
import { severities } from "../../domain/severity.ts";
import { restrictionSchema } from "../../messages/wire/restriction.ts";
import { storedAs } from "../../messages/wire/stored-as.ts";
import { urgencySchema } from "../../messages/wire/urgency.ts";
import type { EndedSilence, RuleStore } from "../../use-cases/ports/alerts.ts";
import { audited } from "../audited-table.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore, versionAfter } from "../entity-store.ts";
import { findById, locationOf } from "../find-by-id.ts";
import { keys, partitions, ruleBounds, timeKey } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";
import { matcherSchema } from "./matcher-schema.ts";

const windowSchema = z.object({ windowSeconds: z.number() });

const routingSchema = z.object({
  rules: z.array(
    storedAs(
      z.object({
        name: z.string(),
        matchers: z.array(matcherSchema),
        service: z.string().nullable(),
        team: z.string().nullable(),
        severity: z.enum(severities).nullable(),
        urgency: urgencySchema.nullable().default(null),
        dedupKey: z.string().nullable(),
        drop: z.boolean(),
        group: windowSchema.extend({ by: z.array(z.string()) }).nullable(),
        inhibitedBy: z.enum(severities).nullable(),
        flapping: windowSchema.extend({ swings: z.number() }).nullable(),
        continues: z.boolean(),
      }),
      { goOn: "continues" },
    ),
  ),
  inForceFrom: z.number(),
  version: z.number(),
}) satisfies z.ZodType<Routing>;

interface StoredRouting {
  /** Version of the current rules. */
  readonly version: number;
  readonly history: RoutingHistory;
}

export const routingEntity = entity<StoredRouting>({
  name: "routing rules",
  schema: z.object({
    version: z.number(),
    history: jsonText(z.object({ current: routingSchema, superseded: routingSchema.nullable() })),
  }),
  key: () => keys.routing(),
});

export const silenceEntity = entity<Silence>({
  name: "silence",
  schema: z.object({
    id: z.string(),
    matchers: z.array(matcherSchema),
    startsAt: z.number(),
    endsAt: z.number(),
    plannedEnd: z.number().nullable(),
    windows: z.object({ timezone: z.string(), hours: z.array(restrictionSchema) }).nullable(),
    createdBy: z.string().nullable(),
    comment: z.string(),
    createdAt: z.number(),
    version: z.number(),
  }),
  key: ({ endsAt, id }) => keys.silence(endsAt, id),
  indexes: ({ id }) => ({ gsi1: partitions.silences, gsi2: partitions.silenceOfId(id) }),
  sort: ({ id }) => id,
  expiresAt: ({ endsAt }) => expiryAfter(endsAt, limits.silenceKeptSeconds),
});

/** Marks a silence that ended early or was changed. The alerts that it suppressed are not due yet and must be checked. */
export const endedSilenceEntity = entity<EndedSilence>({
  name: "ended silence",
  schema: z.object({ id: z.string(), endedAt: z.number() }),
  key: ({ id }) => keys.endedSilence(id),
  indexes: () => ({ gsi6: partitions.endedSilences }),
  sort: ({ endedAt, id }) => timeKey(endedAt, id),
});

/** Audited entities: all of them. */
export const auditedRules = [
  audited(
    routingEntity,
    "routing_rules",
    () => "routing-rules",
    ({ history: { current } }) => ({
      ...current,
      rules: current.rules.map(({ continues, ...rule }) => ({ ...rule, continue: continues })),
    }),
  ),
  audited(
    silenceEntity,
    "silence",
    ({ id }) => id,
    ({ version, plannedEnd, windows, ...shown }) => ({
      ...shown,
      recurring: windows && { timezone: windows.timezone, windows: windows.hours },
    }),
  ),
];

const nothing: RoutingHistory = { current: noRouting, superseded: null };

/** More than the allowed silences plus those that ended within an hour. */
const mostItems = 5_000;

export function ruleStore(table: Table): RuleStore {
  const routing = entityStore(table, routingEntity, {
    label: () => "The list of routing rules",
    startsMissing: true,
  });
  const silences = entityStore(table, silenceEntity, { label: ({ id }) => `The silence ${id}` });

  return {
    async load(endedSince) {
      const items = await table.query({
        pk: partitions.rules,
        ...ruleBounds(endedSince),
        newestFirst: true,
        limit: mostItems,
      });
      const stored = items.find(routingEntity.is);
      return {
        routing: stored ? routingEntity.parse(stored).history : nothing,
        silences: items.filter(silenceEntity.is).map((item) => silenceEntity.parse(item)),
      };
    },

    findRouting: async () => (await routing.find(keys.routing()))?.history ?? nothing,

    async putRouting(rules, superseded) {
      const known = { history: nothing, version: superseded?.version ?? 0 };
      const current = { ...rules, version: versionAfter(known) };
      await routing.replace(known, { history: { current, superseded }, version: current.version });
      return current;
    },

    createSilence: (silence) =>
      silences.create(silence, [
        { ...locationOf(silence.id, silenceEntity.toItem(silence)), condition: { absent: true } },
      ]),

    findSilence: (id) =>
      findById(table, { entity: silenceEntity, id, index: "gsi2", pk: partitions.silenceOfId(id) }),

    // Its key contains its end time.
    replaceSilence: (known, next, changedAt) =>
      silences.replace(known, next, (saved) => [
        locationOf(saved.id, silenceEntity.toItem(saved)),
        { item: endedSilenceEntity.toItem({ id: saved.id, endedAt: changedAt }) },
      ]),

    endedEarly: (after) =>
      readEarliestFirst(
        table,
        { entity: endedSilenceEntity, index: "gsi6", pk: partitions.endedSilences },
        after,
      ),

    forgetEnded: (id) => table.remove(keys.endedSilence(id)),

    listSilences: (page) => silences.list({ index: "gsi1", pk: partitions.silences }, page),
  };
}
