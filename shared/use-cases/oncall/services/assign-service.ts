import { newService } from "../../../domain/oncall/service.ts";
import { putService, type ServiceDeps } from "./put-service.ts";

/** Makes a team the owner of a service. The other settings of the service stay unchanged. */
export async function assignService(
  deps: ServiceDeps,
  name: string,
  team: string,
  now: number,
): Promise<void> {
  if ((await deps.services.find(name))?.team === team) return;
  await putService(deps, name, (known) => ({ ...newService, ...known, team }), now);
}
