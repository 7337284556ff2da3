import type { Contract } from "../contracts/contract.ts";
import type { LambdaHandler } from "./lambda.ts";
import type { RoutedEvent } from "./request-path.ts";

/** An endpoint among those of one function. */
export interface Answering {
  readonly contract: Pick<Contract, "method" | "path">;
  readonly handler: LambdaHandler;
}

/**
 * One Lambda handler of several endpoints. The gateway's route says which of them a request is for; what is for none
 * of them, the first answers.
 */
export function oneOf(first: Answering, ...others: readonly Answering[]): LambdaHandler {
  const handlers = new Map(
    [first, ...others].map(({ contract: { method, path }, handler }) => [`${method} ${path}`, handler]),
  );
  return (event, context) => {
    // Nothing but an HTTP API calls these functions.
    const { routeKey } = event as unknown as RoutedEvent;
    const handler = handlers.get(routeKey.replace(/^HEAD /, "GET ")) ?? first.handler;
    return handler(event, context);
  };
}
