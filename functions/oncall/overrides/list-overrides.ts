import { listOverridesContract } from "../../../shared/contracts/oncall/overrides/list-overrides.ts";
import { presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { loadRota } from "../../../shared/use-cases/oncall/read-on-call.ts";

export const handler = endpoint(listOverridesContract, async ({ query: { team }, page, cursor, now }) => {
  await loadRota({ rotas: rotas() }, team, now);
  const { items, next } = await rotas().listOverrides(team, page);
  return { body: { overrides: items.map(presentOverride), next_cursor: cursor(next) } };
});
