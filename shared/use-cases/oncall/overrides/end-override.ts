import { subjectOfOverride } from "../../../domain/oncall/override.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { Authorize } from "../../ports/access.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { required } from "../../required.ts";
import { endStored } from "./end-stored-override.ts";

/** Ends an override. Past shifts stay unchanged. @throws NotFound */
export async function endOverride(
  deps: { readonly schedules: ScheduleStore; readonly authorize: Authorize },
  id: string,
  now: number,
): Promise<Override> {
  return required(
    await endStored(deps, id, now, (override) => deps.authorize(subjectOfOverride(override))),
    "override",
    id,
  );
}
