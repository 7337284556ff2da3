import { authorize } from "../http/authorization.ts";
import { sendTestEvent as send } from "../integrations/send-test-event.ts";
import { findIntegration } from "../use-cases/integrations/find-integration.ts";
import { subjectOfService } from "../use-cases/oncall/services/subject-of-service.ts";
import { integrationGatewayDeps } from "./integrations.ts";
import { integrations, services } from "./stores.ts";
import { ulid } from "./system.ts";

/** Sends a test event of an integration. @returns the IDs of its alerts @throws NotFound, Invalid */
export async function sendTestEvent(id: string, now: number): Promise<readonly string[]> {
  const integration = await findIntegration({ integrations: integrations() }, id);
  await authorize(subjectOfService({ services: services(), authorize }, integration.service));
  return send(integrationGatewayDeps().createIntegrationContext, integration, ulid(now), now);
}
