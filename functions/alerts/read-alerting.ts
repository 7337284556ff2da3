import { getHeartbeatContract } from "../../shared/contracts/alerts/get-heartbeat.ts";
import { getRoutingRulesContract } from "../../shared/contracts/alerts/get-routing-rules.ts";
import { getSilenceContract } from "../../shared/contracts/alerts/get-silence.ts";
import { presentHeartbeat } from "../../shared/contracts/alerts/heartbeat.ts";
import { listHeartbeatsContract } from "../../shared/contracts/alerts/list-heartbeats.ts";
import { listSilencesContract } from "../../shared/contracts/alerts/list-silences.ts";
import { presentRouting } from "../../shared/contracts/alerts/routing.ts";
import { presentSilence } from "../../shared/contracts/alerts/silence.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { ruleDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { heartbeats, listening, ruleStore } from "../../shared/runtime/stores.ts";
import { readHeartbeat } from "../../shared/use-cases/alerts/heartbeats.ts";
import { readSilence } from "../../shared/use-cases/alerts/silences.ts";

const rules = endpoint(getRoutingRulesContract, async () => ({
  body: presentRouting((await ruleStore().findRouting()).current),
}));

const silences = endpoint(listSilencesContract, async ({ page, cursor, now }) => {
  const { items, next } = await ruleStore().listSilences(page);
  return { body: { silences: items.map((each) => presentSilence(each, now)), next_cursor: cursor(next) } };
});

const silence = endpoint(getSilenceContract, async ({ params: { id }, now }) => ({
  body: presentSilence(await readSilence(ruleDeps(), id), now),
}));

const listed = endpoint(listHeartbeatsContract, async ({ page, cursor, headers, now }) => {
  const [{ items, next }, { gaps }] = await Promise.all([heartbeats().list(page), listening().load()]);
  const shown = items.map((each) => presentHeartbeat(each, gaps, baseUrlOf(headers), now));
  return { body: { heartbeats: shown, next_cursor: cursor(next) } };
});

const heartbeat = endpoint(getHeartbeatContract, async ({ params: { id }, headers, now }) => {
  const { gaps } = await listening().load();
  const found = await readHeartbeat({ heartbeats: heartbeats() }, id);
  return { body: presentHeartbeat(found, gaps, baseUrlOf(headers), now) };
});

export const handler = oneOf(
  { contract: getRoutingRulesContract, handler: rules },
  { contract: listSilencesContract, handler: silences },
  { contract: getSilenceContract, handler: silence },
  { contract: listHeartbeatsContract, handler: listed },
  { contract: getHeartbeatContract, handler: heartbeat },
);
