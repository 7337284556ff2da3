import type { Timer } from "../../domain/incidents/timer.ts";
import { timerSchema } from "../../messages/timer-due.ts";
import type { TimerStore } from "../../use-cases/ports/incidents.ts";
import { ignoreFailedCondition } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readDue } from "../read-due.ts";
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
      const waiting = { entity: timerEntity, pk: partitions.timers, at, dueAt: ({ dueAt }: Timer) => dueAt };
      return (await readDue(table, waiting, null)).items;
    },
  };
}
