import { putServiceContract } from "../../shared/contracts/oncall/put-service.ts";
import { presentService } from "../../shared/contracts/oncall/service.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { services } from "../../shared/runtime/stores.ts";

export const handler = endpoint(putServiceContract, async ({ params, body, now }) => {
  const { team, auto_resolve_seconds: autoResolveSeconds } = body;
  const service = { name: params.service, team, autoResolveSeconds, updatedAt: now };
  await services().put(service);
  return { body: presentService(service) };
});
