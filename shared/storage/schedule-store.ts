import * as z from "zod";
import { AlreadyExists } from "../domain/errors.ts";
import { rotationUnits } from "../domain/rotation.ts";
import { onCallRoles, rotationTypes, type Schedule } from "../domain/schedule.ts";
import { personSchema } from "../messages/incident-changed.ts";
import type { ScheduleStore } from "../use-cases/ports.ts";
import { entity } from "./entity.ts";
import { keys, partitions } from "./keys.ts";
import { readPage } from "./listing.ts";
import { ConditionFailed, type Table } from "./table.ts";

const scheduleEntity = entity<Schedule>({
  name: "schedule",
  schema: z.object({
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
      }),
    ),
    createdAt: z.number(),
    updatedAt: z.number(),
    version: z.number(),
  }),
  key: ({ team }) => keys.schedule(team),
  indexes: () => ({ gsi1: partitions.schedules }),
  sort: ({ id }) => id,
});

export function scheduleStore(table: Table): ScheduleStore {
  return {
    async findByTeam(team) {
      const item = await table.get(keys.schedule(team));
      return item && scheduleEntity.parse(item);
    },
    async create(schedule) {
      try {
        await table.put({ item: scheduleEntity.toItem(schedule), condition: { absent: true } });
      } catch (error) {
        throw error instanceof ConditionFailed
          ? new AlreadyExists(`Team ${JSON.stringify(schedule.team)} has a schedule`)
          : error;
      }
    },
    list: (page) =>
      readPage(table, { entity: scheduleEntity, index: "gsi1", pk: partitions.schedules }, page),
  };
}
