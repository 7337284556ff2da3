import type { Contract, Scope } from "../contracts/contract.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import { keyedEdge } from "./keyed-edge.ts";

/**
 * A Lambda handler for a contract that asks for a key, creates nothing and answers programs; see `openEndpoint`,
 * `creatingEndpoint`, `pageEndpoint`.
 */
export function endpoint<
  const C extends Contract & {
    readonly scope: NonNullable<Scope>;
    readonly idempotent?: never;
    readonly page?: never;
  },
>(contract: C, answer: (request: Request<C>) => Promise<Reply<C>>): LambdaHandler {
  return makeEndpoint(keyedEdge, contract, answer);
}
