import type { Contract } from "../contracts/contract.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import { edge } from "./edge.ts";

/** A Lambda handler for a contract that asks for no key, creates nothing and answers programs. */
export function openEndpoint<
  const C extends Contract & { readonly scope: null; readonly idempotent?: never; readonly page?: never },
>(contract: C, answer: (request: Request<C>) => Promise<Reply<C>>): LambdaHandler {
  return makeEndpoint(edge, contract, answer);
}
