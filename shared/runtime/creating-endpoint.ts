import type { Contract } from "../contracts/contract.ts";
import { endpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import { idempotencyStore } from "../storage/idempotency-store.ts";
import { keyedEdge } from "./keyed-edge.ts";
import { once } from "./once.ts";
import { table } from "./table.ts";

const repeatableEdge = /* @__PURE__ */ once(() => ({
  ...keyedEdge(),
  idempotency: once(() => idempotencyStore(table())),
}));

/** A Lambda handler for a contract that creates: with an Idempotency-Key it can be repeated. */
export function creatingEndpoint<const C extends Contract & { readonly idempotent: true }>(
  contract: C,
  answer: (request: Request<C>) => Promise<Reply<C>>,
): LambdaHandler {
  return endpoint(repeatableEdge, contract, answer);
}
