import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { statusEndpoint } from "../../shared/runtime/status-endpoint.ts";

export const handler = statusEndpoint(acknowledgeIncidentContract, "acknowledged");
