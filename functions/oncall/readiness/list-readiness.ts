import { listReadinessContract } from "../../../shared/contracts/oncall/readiness/list-readiness.ts";
import { presentTeamReadiness } from "../../../shared/contracts/oncall/readiness/readiness.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { readinessDeps } from "../../../shared/runtime/later/deps.ts";
import { listReadiness, readReadiness } from "../../../shared/use-cases/oncall/readiness/read-readiness.ts";

export const handler = endpoint(listReadinessContract, async ({ query: { team }, page, cursor, now }) => {
  if (team !== undefined) {
    const readiness = await readReadiness(readinessDeps(), team, now);
    return { body: { teams: [presentTeamReadiness(readiness)], next_cursor: null } };
  }
  const limit = Math.min(page.limit, limits.readinessTeams);
  const { items, next } = await listReadiness(readinessDeps(), { ...page, limit }, now);
  return { body: { teams: items.map(presentTeamReadiness), next_cursor: cursor(next) } };
});
