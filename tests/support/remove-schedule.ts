import type { RotaStore } from "../../shared/use-cases/ports/oncall.ts";
import { monday } from "./builders.ts";

/** Removes a team's schedule, whatever version it has. */
export async function removeSchedule(rotas: RotaStore, team: string): Promise<void> {
  const schedule = (await rotas.load(team, monday))?.schedule;
  if (!schedule) throw new Error(`${team} has no schedule`);
  await rotas.remove(schedule);
}
