import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { mergeIncidentContract } from "../../shared/contracts/incidents/merge-incident.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { mergeIncident } from "../../shared/use-cases/incidents/lifecycle/merge-incident.ts";

export const handler = creatingEndpoint(
  mergeIncidentContract,
  async ({ params, body, now, ulid, caller }) => {
    const merge = { ...body, actor: body.actor ?? caller };
    return { body: presentIncident(await mergeIncident({ ...changeDeps(), ulid }, params.id, merge, now)) };
  },
);
