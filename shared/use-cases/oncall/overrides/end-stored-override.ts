import { endedAt } from "../../../domain/oncall/override.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

export function endStored(
  { schedules }: { readonly schedules: ScheduleStore },
  id: string,
  now: number,
  check: (override: Override) => Promise<void> = async () => {},
): Promise<Override | undefined> {
  return retryOnConflict(async () => {
    const override = await schedules.findOverride(id);
    if (override) await check(override);
    if (override) await schedules.endOverride(override, now);
    return override && endedAt(override, now);
  });
}
