import { limits } from "../../../shared/domain/limits.ts";
import { onCallAt } from "../../../shared/domain/oncall/on-call.ts";
import { onCallRoles } from "../../../shared/domain/oncall/schedule.ts";
import { allItems } from "../../../shared/use-cases/all-items.ts";
import type { ScheduleStore } from "../../../shared/use-cases/ports/oncall.ts";
import type { Clock } from "../../../shared/use-cases/ports/system.ts";
import { batchesOf } from "../follow.ts";
import type { ExporterMetrics, Sample } from "../metrics.ts";
import type { Source } from "../source.ts";

interface OnCallDeps {
  readonly schedules: Pick<ScheduleStore, "list" | "load">;
  readonly metrics: ExporterMetrics;
  readonly clock: Clock;
}

/** Reading costs one query per team. A handoff can therefore appear up to a minute late. */
const freshForMs = 60_000;
/** Number of teams that are read concurrently. */
const atOnce = 10;

/** People currently on call in every team that has a schedule. */
export function onCallSource({ schedules, metrics, clock }: OnCallDeps): Source {
  async function samplesOf(team: string, now: number): Promise<Sample[]> {
    const found = await schedules.load(team, now);
    return onCallRoles.flatMap((role) => {
      const person = found && onCallAt(found.history, role, now).person;
      return person ? { labels: { team, role, name: person.name }, value: 1 } : [];
    });
  }

  return {
    name: "oncall",
    metrics: ["oncall_current"],
    freshForMs,
    async read() {
      const now = clock();
      const samples: Sample[] = [];
      const all = allItems((after) => schedules.list({ limit: limits.pageSize, after }));
      const teams = await Array.fromAsync(all, ({ team }) => team);
      for (const batch of batchesOf(teams, atOnce)) {
        samples.push(...(await Promise.all(batch.map((team) => samplesOf(team, now)))).flat());
      }
      metrics.replace("oncall_current", samples);
    },
    close: async () => {},
  };
}
