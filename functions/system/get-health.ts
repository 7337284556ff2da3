import { getHealthContract } from "../../shared/contracts/system/get-health.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { healthDeps } from "../../shared/runtime/health.ts";
import { checkHealth } from "../../shared/use-cases/check-health.ts";

export const handler = openEndpoint(getHealthContract, async () => {
  const body = await checkHealth(healthDeps());
  return { body, status: body.status === "ok" ? 200 : 503 };
});
