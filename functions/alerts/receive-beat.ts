import { receiveBeatContract } from "../../shared/contracts/alerts/receive-beat.ts";
import { receiveBeatByGetContract } from "../../shared/contracts/alerts/receive-beat-by-get.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { heartbeatDeps } from "../../shared/runtime/deps.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { recordBeat } from "../../shared/use-cases/alerts/heartbeats.ts";

interface Beat {
  readonly params: { readonly key: string };
  readonly now: number;
}

const answer = async ({ params: { key }, now }: Beat) => {
  await recordBeat(heartbeatDeps(), key, now);
  return { body: { status: "ok" as const } };
};

export const handler = oneOf(
  { contract: receiveBeatContract, handler: openEndpoint(receiveBeatContract, answer) },
  { contract: receiveBeatByGetContract, handler: openEndpoint(receiveBeatByGetContract, answer) },
);
