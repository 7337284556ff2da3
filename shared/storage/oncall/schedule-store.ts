import * as z from "zod";
import { masked } from "../../domain/access/audit.ts";
import { AlreadyExists, StaleVersion } from "../../domain/errors.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { rotationUnits } from "../../domain/oncall/rotation.ts";
import {
  byCreation,
  type Override,
  onCallRoles,
  rotationTypes,
  type Schedule,
} from "../../domain/oncall/schedule.ts";
import { weekdays } from "../../domain/wall-clock.ts";
import { personSchema } from "../../messages/incident-changed.ts";
import type { ScheduleStore } from "../../use-cases/ports/oncall.ts";
import { audited } from "../audited-table.ts";
import { isVersion, orStale } from "../conditional-write.ts";
import { entity, type Upgrade } from "../entity.ts";
import { findById, locationOf, locationRemoval } from "../find-by-id.ts";
import { keys, overrideBounds, partitions, supersededBounds } from "../keys.ts";
import { readPage } from "../listing.ts";
import { ConditionFailed, type Item, type Put, type Removal, type Table } from "../table.ts";
import { policySchema } from "./policy-schema.ts";

const restrictionSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("daily"), start: z.string(), end: z.string() }),
  z.object({
    type: z.literal("weekly"),
    startDay: z.enum(weekdays),
    start: z.string(),
    endDay: z.enum(weekdays),
    end: z.string(),
  }),
]);

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

/** A transaction can have 100 items: three per override, and one for the audit log. */
const overridesPerTransaction = 20;

/** More schedules and overrides than a team creates within the longest query range. */
const mostItems = 5_000;

export function scheduleStore(table: Table): ScheduleStore {
  const query = (
    team: string,
    bounds: { from: string; before: string },
    newestFirst: boolean,
  ): Promise<Item[]> => table.query({ pk: keys.schedule(team).pk, ...bounds, newestFirst, limit: mostItems });

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
    try {
      await table.transact([...writes, ...marks]);
    } catch (error) {
      const ids = toEnd.map(({ id }) => id).join(", ");
      throw error instanceof ConditionFailed
        ? new StaleVersion(`The overrides were changed in the meantime: ${ids}`)
        : error;
    }
  }

  return {
    exists: async (team) => (await table.get(keys.schedule(team))) !== undefined,

    async load(team, from) {
      // Backwards: the schedule and the policy come first, regardless of the number of overrides.
      const items = await query(team, overrideBounds(from), true);
      if (items.length === 0) return undefined;
      const [schedule = null] = items.filter(scheduleEntity.is).map(scheduleEntity.parse);
      const changedSince = (schedule?.inForceFrom ?? from) > from;
      const superseded = changedSince
        ? (await query(team, supersededBounds(from), false))
            .map(supersededEntity.parse)
            // Excludes versions of a deleted schedule.
            .filter(({ id }) => id === schedule?.id)
        : [];
      const [ended] = items.filter(overridesEndedEntity.is).map(overridesEndedEntity.parse);
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

    async create(schedule) {
      try {
        await table.put({ item: scheduleEntity.toItem(schedule), condition: { absent: true } });
      } catch (error) {
        throw error instanceof ConditionFailed
          ? new AlreadyExists(`Team ${JSON.stringify(schedule.team)} already already has a schedule`)
          : error;
      }
    },

    async supersede(superseded, schedule) {
      try {
        await table.transact([
          { item: scheduleEntity.toItem(schedule), condition: { equals: { version: superseded.version } } },
          { item: supersededEntity.toItem(superseded) },
        ]);
      } catch (error) {
        throw error instanceof ConditionFailed ? changedMeanwhile(schedule) : error;
      }
    },

    async saveCalendarToken(schedule) {
      const next = { ...schedule, version: schedule.version + 1 };
      try {
        await table.put({
          item: scheduleEntity.toItem(next),
          condition: { equals: { version: schedule.version } },
        });
      } catch (error) {
        throw error instanceof ConditionFailed ? changedMeanwhile(schedule) : error;
      }
      return next;
    },

    async remove(schedule) {
      const { id, team, version } = schedule;
      try {
        await table.remove(keys.schedule(team), { equals: { id, version } });
      } catch (error) {
        throw error instanceof ConditionFailed ? changedMeanwhile(schedule) : error;
      }
    },

    list: (page) =>
      readPage(table, { entity: scheduleEntity, index: "gsi1", pk: partitions.schedules }, page),

    listWithNotices: (page) =>
      readPage(table, { entity: scheduleEntity, index: "gsi2", pk: partitions.schedulesWithNotices }, page),

    async putOverride(override) {
      const item = overrideEntity.toItem(override);
      const location = { ...locationOf(override.id, item), condition: { absent: true } } as const;
      try {
        await table.transact([{ item }, location]);
      } catch (error) {
        throw error instanceof ConditionFailed ? new AlreadyExists(`Override ${override.id} exists`) : error;
      }
    },

    findOverride: (id) =>
      findById(table, { entity: overrideEntity, id, index: "gsi2", pk: partitions.overrideOfId(id) }),

    endOverride: (override, at) => endTogether([override], at),

    async endOverrides(overrides, at) {
      const toEnd = overrides.filter(({ end }) => end > at);
      for (let from = 0; from < toEnd.length; from += overridesPerTransaction)
        await endTogether(toEnd.slice(from, from + overridesPerTransaction), at);
    },

    listOverrides: (team, page) =>
      readPage(table, { entity: overrideEntity, index: "gsi1", pk: partitions.overridesOfTeam(team) }, page),

    async putPolicy(team, policy, version = 0) {
      const item = policyEntity.toItem({ team, policy, version: version + 1 });
      await orStale(`The escalation policy of ${team}`, table.put({ item, condition: isVersion(version) }));
    },
  };
}

function changedMeanwhile({ team }: Schedule): StaleVersion {
  return new StaleVersion(`The schedule of ${JSON.stringify(team)} was changed in the meantime`);
}
