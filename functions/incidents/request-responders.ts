import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { requestRespondersContract } from "../../shared/contracts/incidents/request-responders.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { requestResponders } from "../../shared/use-cases/incidents/lifecycle/request-responders.ts";

export const handler = creatingEndpoint(
  requestRespondersContract,
  async ({ params, body, now, ulid, caller }) => {
    const request = { ...body, actor: body.actor ?? caller };
    return {
      body: presentIncident(await requestResponders({ ...changeDeps(), ulid }, params.id, request, now)),
    };
  },
);
