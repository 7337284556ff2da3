import * as z from "zod";
import { masked } from "../../domain/access/audit.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { drillFrequencies, type ReadinessRule } from "../../domain/oncall/readiness.ts";
import { rotationUnits } from "../../domain/oncall/rotation.ts";
import {
  byCreation,
  type Override,
  onCallRoles,
  rotationTypes,
  type Schedule,
} from "../../domain/oncall/schedule.ts";
import { personSchema } from "../../messages/incident-changed.ts";
import { restrictionSchema } from "../../messages/wire/restriction.ts";
import type { ScheduleStore } from "../../use-cases/ports/oncall.ts";
import type { Page, PageRequest } from "../../use-cases/ports/page.ts";
import { audited } from "../audited-table.ts";
import { orStale } from "../conditional-write.ts";
import { entity, type Upgrade } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { findById, locationOf, locationRemoval } from "../find-by-id.ts";
import { keys, nameIn, overrideBounds, partitions, supersededBounds } from "../keys.ts";
import type { IndexName, Item, Put, ReadOptions, Removal, Table } from "../table.ts";
import { policySchema } from "./policy-schema.ts";

const scheduleSchema = z.object({
  id: z.string(),
  team: z.string(),
  timezone: z.string(),
  rotationType: z.enum(rotationTypes),
  layers: z.array(
    z.object({
      name: z.string(),
      role: z.enum(onCallRoles),
      rotation: z.object({
        unit: z.enum(rotationUnits),
        length: z.number(),
        handoffTime: z.string(),
        startsOn: z.string(),
      }),
      members: z.array(personSchema),
      restrictions: z.array(restrictionSchema),
    }),
  ),
  handoffNotices: z.boolean(),
  inForceFrom: z.number().nullable(),
  inForceUntil: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  calendarToken: z.string(),
  version: z.number(),
}) satisfies z.ZodType<Schedule>;

/** Version 1 had no handoff notices. */
const upgrades: readonly Upgrade[] = [(item) => ({ handoffNotices: false, ...item })];

export const scheduleEntity = entity<Schedule>({
  name: "schedule",
  schema: scheduleSchema,
  upgrades,
  key: ({ team }) => keys.schedule(team),
  indexes: ({ handoffNotices }) => ({
    gsi1: partitions.schedules,
    gsi2: handoffNotices ? partitions.schedulesWithNotices : undefined,
  }),
  sort: ({ id }) => id,
});

export const supersededEntity = entity<Schedule>({
  name: "superseded schedule",
  schema: scheduleSchema,
  upgrades,
  key: ({ team, inForceUntil, version }) => keys.superseded(team, inForceUntil ?? 0, version),
});

export const overrideEntity = entity<Override>({
  name: "override",
  schema: z.object({
    id: z.string(),
    team: z.string(),
    role: z.enum(onCallRoles),
    person: personSchema,
    replaces: z.string().nullable(),
    reason: z.string().nullable(),
    start: z.number(),
    end: z.number(),
    createdAt: z.number(),
  }),
  key: ({ team, end, id }) => keys.override(team, end, id),
  indexes: ({ team, id }) => ({ gsi1: partitions.overridesOfTeam(team), gsi2: partitions.overrideOfId(id) }),
  sort: ({ id }) => id,
});

interface TeamPolicy {
  readonly team: string;
  readonly policy: EscalationPolicy;
  readonly version: number;
}

export const policyEntity = entity<TeamPolicy>({
  name: "policy",
  schema: z.object({ team: z.string(), policy: policySchema, version: z.number().default(0) }),
  key: ({ team }) => keys.policy(team),
});

interface TeamReadiness extends ReadinessRule {
  readonly team: string;
  readonly version: number;
}

export const readinessEntity = entity<TeamReadiness>({
  name: "readiness",
  schema: z.object({
    team: z.string(),
    withinSeconds: z.number(),
    channels: z.number(),
    drill: z.enum(drillFrequencies),
    version: z.number(),
  }),
  key: ({ team }) => keys.readiness(team),
  indexes: ({ drill }) => ({ gsi2: drill === "weekly" ? partitions.teamsWithDrills : undefined }),
  sort: ({ team }) => team,
});

/** Audited entities of a team's on-call configuration. */
export const auditedSchedule = [
  audited(
    scheduleEntity,
    "schedule",
    ({ team }) => team,
    ({ version, inForceUntil, calendarToken, ...shown }) => ({
      ...shown,
      calendarToken: masked(calendarToken),
    }),
  ),
  audited(
    overrideEntity,
    "override",
    ({ id }) => id,
    (override) => override,
  ),
  audited(
    policyEntity,
    "escalation_policy",
    ({ team }) => team,
    ({ policy }) => policy,
  ),
  audited(
    readinessEntity,
    "readiness",
    ({ team }) => team,
    ({ withinSeconds, channels, drill }) => ({ withinSeconds, channels, drill }),
  ),
];

interface OverridesEnded {
  readonly team: string;
  readonly at: number;
}

/** Records that an override was ended early, which leaves no other trace but changes the calendar feed. */
export const overridesEndedEntity = entity<OverridesEnded>({
  name: "overrides ended",
  schema: z.object({ team: z.string(), at: z.number() }),
  key: ({ team }) => keys.overridesEnded(team),
});

/** A transaction can have 100 items: three per override, and two for the audit log. */
const overridesPerTransaction = 15;

/** More schedules and overrides than a team creates within the longest query range. */
const mostItems = 5_000;

export function scheduleStore(table: Table): ScheduleStore {
  const schedules = entityStore(table, scheduleEntity, {
    label: ({ team }) => `The schedule of ${JSON.stringify(team)}`,
    revision: ({ id, version }) => ({ id, version }),
  });
  const overrides = entityStore(table, overrideEntity, { label: ({ id }) => `Override ${id}` });
  const policies = entityStore(table, policyEntity, {
    label: ({ team }) => `The escalation policy of ${team}`,
    startsMissing: true,
  });
  const rules = entityStore(table, readinessEntity, {
    label: ({ team }) => `The readiness requirement of ${team}`,
    startsMissing: true,
  });
  const query = (
    team: string,
    bounds: { from: string; before: string },
    newestFirst: boolean,
    options?: ReadOptions,
  ): Promise<Item[]> =>
    table.query({ pk: keys.schedule(team).pk, ...bounds, newestFirst, limit: mostItems }, options);

  async function endTogether(overrides: readonly Override[], at: number): Promise<void> {
    const toEnd = overrides.filter(({ end }) => end > at);
    const teams = new Set(toEnd.map(({ team }) => team));
    if (toEnd.length === 0) return;
    const writes = toEnd.flatMap((override): (Put | Removal)[] => {
      const { team, id, start, end } = override;
      // Its key contains its end time.
      const ended = overrideEntity.toItem({ ...override, end: at });
      return [
        { remove: keys.override(team, end, id), condition: { equals: { id } } },
        ...(start < at ? [{ item: ended }, locationOf(id, ended)] : [locationRemoval(id)]),
      ];
    });
    const marks = [...teams].map((team) => ({ item: overridesEndedEntity.toItem({ team, at }) }));
    const ids = toEnd.map(({ id }) => id).join(", ");
    await orStale(`The overrides ${ids}`, table.transact([...writes, ...marks]));
  }

  async function listNames(
    index: IndexName,
    pk: string,
    { limit, after }: PageRequest,
  ): Promise<Page<string>> {
    // One name more than requested shows whether there is a next page.
    const entries = await table.queryIndex(index, {
      pk,
      ...(after !== null && { before: after }),
      newestFirst: true,
      limit: limit + 1,
    });
    const shown = entries.slice(0, limit);
    return {
      items: shown.map(nameIn),
      next: entries.length > limit ? (shown.at(-1)?.gsisk ?? null) : null,
    };
  }

  return {
    async load(team, from, options) {
      // Backwards: the schedule and the policy come first, regardless of the number of overrides.
      const items = await query(team, overrideBounds(from), true, options);
      if (items.length === 0) return undefined;
      const [schedule = null] = items.filter(scheduleEntity.is).map(scheduleEntity.parse);
      const changedSince = (schedule?.inForceFrom ?? from) > from;
      const superseded = changedSince
        ? (await query(team, supersededBounds(from), false, options))
            .map(supersededEntity.parse)
            // Excludes versions of a deleted schedule.
            .filter(({ id }) => id === schedule?.id)
        : [];
      const [ended] = items.filter(overridesEndedEntity.is).map(overridesEndedEntity.parse);
      const [rule] = items.filter(readinessEntity.is).map(readinessEntity.parse);
      const [policy] = items.filter(policyEntity.is).map(policyEntity.parse);
      return {
        schedule,
        history: {
          schedules: schedule ? [...superseded, schedule] : [],
          overrides: items.filter(overrideEntity.is).map(overrideEntity.parse).toSorted(byCreation),
        },
        overridesEndedAt: ended?.at ?? null,
        policy: policy?.policy ?? null,
        policyVersion: policy?.version ?? 0,
        readiness: rule ?? null,
        readinessVersion: rule?.version ?? 0,
      };
    },

    async loadEarlier(team, { from, before, most }) {
      const latest = (boundsAt: (at: number) => { from: string }) => {
        const bounds = { from: boundsAt(from).from, before: boundsAt(before).from };
        return table.query({ pk: keys.schedule(team).pk, ...bounds, newestFirst: true, limit: most });
      };
      const [overrides, schedules] = await Promise.all([latest(overrideBounds), latest(supersededBounds)]);
      return {
        schedules: schedules.map(supersededEntity.parse).toReversed(),
        overrides: overrides.map(overrideEntity.parse),
      };
    },

    create: (schedule) => schedules.create(schedule),

    supersede: (superseded, schedule) =>
      schedules.replace(superseded, schedule, () => [{ item: supersededEntity.toItem(superseded) }]),

    saveCalendarToken: (schedule) => schedules.replace(schedule, schedule),

    remove: (schedule) => schedules.remove(schedule),

    list: (page) => schedules.list({ index: "gsi1", pk: partitions.schedules }, page),

    listNames: (page) => listNames("gsi1", partitions.schedules, page),

    listWithNotices: (page) => schedules.list({ index: "gsi2", pk: partitions.schedulesWithNotices }, page),

    putOverride: (override) =>
      overrides.create(override, [
        { ...locationOf(override.id, overrideEntity.toItem(override)), condition: { absent: true } },
      ]),

    findOverride: (id) =>
      findById(table, { entity: overrideEntity, id, index: "gsi2", pk: partitions.overrideOfId(id) }),

    endOverride: (override, at) => endTogether([override], at),

    async endOverrides(overrides, at) {
      const toEnd = overrides.filter(({ end }) => end > at);
      for (let from = 0; from < toEnd.length; from += overridesPerTransaction)
        await endTogether(toEnd.slice(from, from + overridesPerTransaction), at);
    },

    listOverrides: (team, page) =>
      overrides.list({ index: "gsi1", pk: partitions.overridesOfTeam(team) }, page),

    async putPolicy(team, policy, version = 0) {
      const next = { team, policy, version };
      await policies.replace(next, next);
    },

    async putReadiness(team, rule, version = 0) {
      const next = { ...rule, team, version };
      await rules.replace(next, next);
    },

    listTeamsWithDrills: (page) => listNames("gsi2", partitions.teamsWithDrills, page),
  };
}
