import { createOverrideContract } from "../../shared/contracts/oncall/create-override.ts";
import { overrideOf, presentOverride } from "../../shared/contracts/oncall/override.ts";
import { creatingEndpoint } from "../../shared/runtime/creating-endpoint.ts";
import { rotas } from "../../shared/runtime/stores.ts";
import { createOverride } from "../../shared/use-cases/overrides.ts";

export const handler = creatingEndpoint(createOverrideContract, async ({ body, now, ulid }) => ({
  body: presentOverride(await createOverride({ rotas: rotas(), ulid }, overrideOf(body, now), now)),
}));
