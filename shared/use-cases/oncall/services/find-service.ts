import type { Service } from "../../../domain/oncall/service.ts";
import type { ServiceStore } from "../../ports/oncall.ts";
import { required } from "../../required.ts";

/** Costs one read. @throws NotFound */
export async function findService(
  { services }: { readonly services: Pick<ServiceStore, "find"> },
  name: string,
): Promise<Service> {
  return required(await services.find(name), "service", name);
}
