import { scimGateway } from "../../shared/http/scim/gateway.ts";
import { scimGatewayDeps } from "../../shared/runtime/access/scim.ts";

/** SCIM 2.0 endpoints for identity providers. */
export const handler = scimGateway(scimGatewayDeps);
