import { deleteServiceContract } from "../../../shared/contracts/oncall/services/delete-service.ts";
import { presentService } from "../../../shared/contracts/oncall/services/service.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { serviceDeps } from "../../../shared/runtime/later/deps.ts";
import { deleteService } from "../../../shared/use-cases/oncall/services/delete-service.ts";

export const handler = endpoint(deleteServiceContract, async ({ params: { service } }) => ({
  body: presentService(await deleteService(serviceDeps(), service)),
}));
