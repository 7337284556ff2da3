import { createIncidentContract } from "../../shared/contracts/incidents/create-incident.ts";
import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { createIncidentDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { createIncident } from "../../shared/use-cases/incidents/create-incident.ts";

export const handler = creatingEndpoint(createIncidentContract, async ({ body, now, ulid, caller }) => {
  const { assigned_to: assignedTo, ...draft } = body;
  const incident = await createIncident(
    { ...createIncidentDeps(), ulid },
    { ...draft, assignedTo },
    now,
    caller,
  );
  return { body: presentIncident(incident), location: `/api/v1/incidents/${incident.id}` };
});
