import { presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { listHeartbeatsContract } from "../../../shared/contracts/alerts/heartbeats/list-heartbeats.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { downtime, heartbeats } from "../../../shared/runtime/later/stores.ts";

export const handler = endpoint(listHeartbeatsContract, async ({ page, cursor, headers, now }) => {
  const [{ items, next }, { gaps }] = await Promise.all([heartbeats().list(page), downtime().load()]);
  const shown = items.map((each) => presentHeartbeat(each, gaps, baseUrlOf(headers), now));
  return { body: { heartbeats: shown, next_cursor: cursor(next) } };
});
