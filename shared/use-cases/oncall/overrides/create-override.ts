import { AlreadyExists, Conflict, Invalid } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import { faultOfEnd, subjectOfOverride } from "../../../domain/oncall/override.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { Authorize } from "../../ports/access.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import type { Ulid } from "../../ports/system.ts";
import { loadSchedule } from "../read-on-call.ts";

/**
 * Creates an override. Overrides may overlap; the most recently created one wins.
 *
 * @param endField name of the end time in the request
 * @throws Invalid if it ends before its start, in the past, or out of range
 * @throws NotFound if the team has no schedule
 * @throws Conflict if the team has too many current and upcoming overrides
 */
export async function createOverride(
  deps: { readonly schedules: ScheduleStore; readonly ulid: Ulid; readonly authorize: Authorize },
  draft: Omit<Override, "id" | "createdAt">,
  now: number,
  endField = "ends_at",
): Promise<Override> {
  await deps.authorize(subjectOfOverride(draft));
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
