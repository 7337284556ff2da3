import { AlreadyExists, Conflict, Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { endedAt, faultOfEnd, isInForce, overlaps } from "../../domain/oncall/override.ts";
import type { Override } from "../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { loadSchedule } from "./read-on-call.ts";

/**
 * Creates an override. Overrides may overlap; the most recently created one wins.
 *
 * @param endField name of the end time in the request
 * @throws Invalid if it ends before its start, in the past, or out of range
 * @throws NotFound if the team has no schedule
 * @throws Conflict if the team has too many current and upcoming overrides
 */
export async function createOverride(
  deps: { readonly schedules: ScheduleStore; readonly ulid: Ulid },
  draft: Omit<Override, "id" | "createdAt">,
  now: number,
  endField = "ends_at",
): Promise<Override> {
  const wrong = faultOfEnd(draft, now);
  if (wrong) throw new Invalid([{ path: endField, message: wrong }]);
  const { history } = await loadSchedule(deps, draft.team, now);
  const override: Override = { ...draft, id: idPrefixes.override + deps.ulid(now), createdAt: now };
  const known = history.overrides.find(({ id }) => id === override.id);
  if (known) return known;
  if (history.overrides.length >= limits.overridesToCome) {
    throw new Conflict(
      `Team ${JSON.stringify(draft.team)} has ${limits.overridesToCome} current and upcoming overrides, the maximum`,
    );
  }
  try {
    await deps.schedules.putOverride(override);
    return override;
  } catch (error) {
    // The same request arrived twice concurrently.
    const stored =
      error instanceof AlreadyExists ? await deps.schedules.findOverride(override.id) : undefined;
    if (stored) return stored;
    throw error;
  }
}

/** Returns overrides of the same role that overlap a new one. @throws NotFound if the team has no schedule */
export async function findOverlaps(
  deps: { readonly schedules: ScheduleStore },
  { team, role, start, end }: Pick<Override, "team" | "role" | "start" | "end">,
  now: number,
): Promise<Override[]> {
  const { history } = await loadSchedule(deps, team, Math.min(start, now));
  return history.overrides.filter((other) => other.role === role && overlaps(other, { start, end }));
}

/** Ends a team's active overrides. @throws NotFound if the team has no schedule */
export async function endOverridesInForce(
  deps: { readonly schedules: ScheduleStore },
  team: string,
  now: number,
): Promise<Override[]> {
  const { history } = await loadSchedule(deps, team, now);
  const inForce = history.overrides.filter((override) => isInForce(override, now));
  const ended: Override[] = [];
  // Skips overrides that someone else has ended in the meantime.
  for (const each of inForce) ended.push((await endStored(deps, each.id, now)) ?? endedAt(each, now));
  return ended;
}

/** Ends an override. Its past effect stays unchanged. @throws NotFound */
export async function endOverride(
  deps: { readonly schedules: ScheduleStore },
  id: string,
  now: number,
): Promise<Override> {
  return required(await endStored(deps, id, now), "override", id);
}

function endStored(
  { schedules }: { readonly schedules: ScheduleStore },
  id: string,
  now: number,
): Promise<Override | undefined> {
  return retryOnConflict(async () => {
    const override = await schedules.findOverride(id);
    if (override) await schedules.endOverride(override, now);
    return override && endedAt(override, now);
  });
}
