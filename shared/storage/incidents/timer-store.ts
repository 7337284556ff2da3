import type { Timer } from "../../domain/incidents/timer.ts";
import { limits } from "../../domain/limits.ts";
import { timerSchema } from "../../messages/timer-due.ts";
import type { TimerStore } from "../../use-cases/ports/incidents.ts";
import { ignoreFailedCondition } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import type { Table } from "../table.ts";

export const timerEntity = entity<Timer>({
  name: "timer",
  schema: timerSchema,
  key: ({ incidentId, kind }) => keys.timer(incidentId, kind),
  indexes: () => ({ gsi6: partitions.timers }),
  sort: ({ dueAt, incidentId }) => timeKey(dueAt, incidentId),
});

export function timerStore(table: Table): TimerStore {
  return {
    put: (timer) => table.put({ item: timerEntity.toItem(timer) }),
    remove: ({ incidentId, kind, dueAt }) =>
      table.remove(keys.timer(incidentId, kind), { equals: { dueAt } }).catch(ignoreFailedCondition),
    async due(at) {
      const entries = await table.queryIndex("gsi6", {
        pk: partitions.timers,
        before: timeKey(at + 1, ""),
        newestFirst: false,
        limit: limits.pageSize,
      });
      return (await table.getAll(entries))
        .map((item) => timerEntity.parse(item))
        .filter(({ dueAt }) => dueAt <= at);
    },
  };
}
