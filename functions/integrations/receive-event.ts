import { integrationGateway } from "../../shared/http/integration-gateway.ts";
import { integrationTypes } from "../../shared/integrations/registry.ts";
import { integrationGatewayDeps } from "../../shared/runtime/integrations.ts";

/** Endpoints for monitoring systems with clients of other platforms. */
export const handler = integrationGateway(integrationTypes, integrationGatewayDeps);
