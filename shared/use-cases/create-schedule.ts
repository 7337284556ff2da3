import { AlreadyExists } from "../domain/errors.ts";
import { idPrefixes } from "../domain/ids.ts";
import { layersOfSimpleRota, type Schedule, type SimpleRota } from "../domain/schedule.ts";
import type { ScheduleStore, Ulid } from "./ports.ts";

/** @throws AlreadyExists when the team has a schedule */
export async function createSchedule(
  deps: { readonly schedules: ScheduleStore; readonly ulid: Ulid },
  rota: SimpleRota,
  now: number,
): Promise<Schedule> {
  const schedule: Schedule = {
    id: idPrefixes.schedule + deps.ulid(now),
    team: rota.team,
    timezone: rota.timezone,
    rotationType: rota.rotationType,
    layers: layersOfSimpleRota(rota, now),
    createdAt: now,
    updatedAt: now,
    version: 0,
  };
  try {
    await deps.schedules.create(schedule);
  } catch (error) {
    const existing = error instanceof AlreadyExists ? await deps.schedules.findByTeam(rota.team) : undefined;
    if (existing?.id === schedule.id) return existing;
    throw error;
  }
  return schedule;
}
