import { createHeartbeatContract } from "../../shared/contracts/alerts/create-heartbeat.ts";
import { createSilenceContract } from "../../shared/contracts/alerts/create-silence.ts";
import { deleteHeartbeatContract } from "../../shared/contracts/alerts/delete-heartbeat.ts";
import { endSilenceContract } from "../../shared/contracts/alerts/end-silence.ts";
import {
  heartbeatChangesOf,
  heartbeatDraftOf,
  presentHeartbeat,
} from "../../shared/contracts/alerts/heartbeat.ts";
import { putRoutingRulesContract } from "../../shared/contracts/alerts/put-routing-rules.ts";
import { presentRouting } from "../../shared/contracts/alerts/routing.ts";
import { ruleOf } from "../../shared/contracts/alerts/routing-input.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { silenceDraftOf } from "../../shared/contracts/alerts/silence-input.ts";
import { updateHeartbeatContract } from "../../shared/contracts/alerts/update-heartbeat.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { heartbeatDeps, ruleDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint, endpoint } from "../../shared/runtime/endpoint.ts";
import {
  createHeartbeat,
  deleteHeartbeat,
  updateHeartbeat,
} from "../../shared/use-cases/alerts/heartbeats.ts";
import { putRoutingRules } from "../../shared/use-cases/alerts/routing-rules.ts";
import { createSilence, endSilence } from "../../shared/use-cases/alerts/silences.ts";

const putRules = endpoint(putRoutingRulesContract, async ({ body: { rules, version }, now }) => ({
  body: presentRouting(await putRoutingRules(ruleDeps(), rules.map(ruleOf), version, now)),
}));

const silence = creatingEndpoint(createSilenceContract, async ({ body, caller, now, ulid }) => {
  const draft = silenceDraftOf(body, caller, now);
  const created = await createSilence({ ...ruleDeps(), ulid }, draft, now);
  return { body: presentSilence(created, now), location: `/api/v1/silences/${created.id}` };
});

const end = endpoint(endSilenceContract, async ({ params: { id }, now }) => ({
  body: presentSilence(await endSilence(ruleDeps(), id, now), now),
}));

const expect = creatingEndpoint(createHeartbeatContract, async ({ body, headers, now, ulid }) => {
  const created = await createHeartbeat({ ...heartbeatDeps(), ulid }, heartbeatDraftOf(body), now);
  const { key, heartbeat } = created;
  return {
    body: { ...presentHeartbeat(created, [], baseUrlOf(headers), now, key), key },
    location: `/api/v1/heartbeats/${heartbeat.id}`,
  };
});

const update = endpoint(updateHeartbeatContract, async ({ params: { id }, body, headers, now }) => {
  const updated = await updateHeartbeat(heartbeatDeps(), id, heartbeatChangesOf(body));
  const { gaps } = await heartbeatDeps().listening.load();
  return { body: presentHeartbeat(updated, gaps, baseUrlOf(headers), now) };
});

const remove = endpoint(deleteHeartbeatContract, async ({ params: { id }, headers, now }) => {
  const deleted = await deleteHeartbeat(heartbeatDeps(), id, now);
  const { gaps } = await heartbeatDeps().listening.load();
  return { body: presentHeartbeat(deleted, gaps, baseUrlOf(headers), now) };
});

export const handler = oneOf(
  { contract: putRoutingRulesContract, handler: putRules },
  { contract: createSilenceContract, handler: silence },
  { contract: endSilenceContract, handler: end },
  { contract: createHeartbeatContract, handler: expect },
  { contract: updateHeartbeatContract, handler: update },
  { contract: deleteHeartbeatContract, handler: remove },
);
