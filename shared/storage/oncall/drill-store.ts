import * as z from "zod";
import type { Drill } from "../../domain/oncall/drill.ts";
import type { DrillStore } from "../../use-cases/ports/oncall.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

export const drillEntity = entity<Drill>({
  name: "drill",
  schema: z.object({
    team: z.string(),
    week: z.string(),
    email: z.string(),
    startedAt: z.number(),
    answerBy: z.number(),
    answeredAt: z.number().nullable(),
    missedAt: z.number().nullable(),
    canceledAt: z.number().nullable().default(null),
    version: z.number(),
  }),
  key: ({ team }) => keys.drill(team),
});

export function drillStore(table: Table): DrillStore {
  const store = entityStore(table, drillEntity, { label: ({ team }) => `The drill of ${team}` });
  return {
    find: (team) => store.find(keys.drill(team)),
    findAll: (teams) => store.findAll(teams.map(keys.drill)),
    save: async (drill, known) => void (await store.replace(known, drill)),
  };
}
