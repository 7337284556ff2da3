import { listTeamsContract } from "../../shared/contracts/oncall/list-teams.ts";
import { presentTeam } from "../../shared/contracts/oncall/team.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { listTeams } from "../../shared/use-cases/oncall/list-teams.ts";

export const handler = endpoint(listTeamsContract, async ({ page, cursor, now }) => {
  const { items, next } = await listTeams({ schedules: schedules() }, page, now);
  return { body: { teams: items.map(presentTeam), next_cursor: cursor(next) } };
});
