import type { Integration } from "../../domain/integrations/integration.ts";
import { required } from "../required.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

/** @throws NotFound */
export async function findIntegration({ integrations }: IntegrationDeps, id: string): Promise<Integration> {
  return required(await integrations.find(id), "integration", id);
}
