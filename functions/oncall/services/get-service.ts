import { getServiceContract } from "../../../shared/contracts/oncall/services/get-service.ts";
import { presentService } from "../../../shared/contracts/oncall/services/service.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { services } from "../../../shared/runtime/stores.ts";
import { findService } from "../../../shared/use-cases/oncall/services/find-service.ts";

export const handler = endpoint(getServiceContract, async ({ params: { service } }) => ({
  body: presentService(await findService({ services: services() }, service)),
}));
