import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { statusEndpoint } from "../../shared/runtime/status-endpoint.ts";

export const handler = statusEndpoint(resolveIncidentContract, "resolved");
