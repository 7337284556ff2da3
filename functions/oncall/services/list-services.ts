import { listServicesContract } from "../../../shared/contracts/oncall/services/list-services.ts";
import { presentService } from "../../../shared/contracts/oncall/services/service.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { services } from "../../../shared/runtime/stores.ts";

export const handler = endpoint(listServicesContract, async ({ page, cursor }) => {
  const { items, next } = await services().list(page);
  return { body: { services: items.map(presentService), next_cursor: cursor(next) } };
});
