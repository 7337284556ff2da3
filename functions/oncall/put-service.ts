import { putServiceContract } from "../../shared/contracts/oncall/put-service.ts";
import { presentService, serviceFields } from "../../shared/contracts/oncall/service.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { services } from "../../shared/runtime/stores.ts";
import { putService } from "../../shared/use-cases/oncall/put-service.ts";

export const handler = endpoint(putServiceContract, async ({ params, body, now }) => {
  const change = () => serviceFields(body);
  const service = await putService({ services: services() }, params.service, change, now);
  return { body: presentService(service) };
});
