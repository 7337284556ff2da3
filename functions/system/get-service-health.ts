import { getServiceHealthContract } from "../../shared/contracts/system/get-service-health.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { healthDeps } from "../../shared/runtime/health.ts";
import { checkServiceHealth } from "../../shared/use-cases/check-health.ts";

export const handler = openEndpoint(getServiceHealthContract, async ({ params: { service } }) => {
  const body = await checkServiceHealth(healthDeps(), service);
  return { body, status: body.status === "ok" ? 200 : 503 };
});
