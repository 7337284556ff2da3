import type { Contract } from "../contracts/contract.ts";
import type { LambdaHandler } from "./lambda.ts";
import type { RoutedEvent } from "./request-path.ts";

/** An endpoint among those of one function. */
export interface Answering {
  readonly contract: Pick<Contract, "method" | "path">;
  readonly handler: LambdaHandler;
}

/**
 * One Lambda handler of several endpoints. The gateway's route says which of them a request is for; without a route its
 * path does. What is for none of them, the first answers.
 */
export function oneOf(first: Answering, ...others: readonly Answering[]): LambdaHandler {
  const all = [first, ...others].map(({ contract: { method, path }, handler }) => ({
    method,
    route: `${method} ${path}`,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}/*$`),
    handler,
  }));
  return (event, context) => {
    // Nothing but an HTTP API calls these functions.
    const { routeKey, rawPath, requestContext } = event as unknown as HttpApiEvent;
    const method = requestContext.http.method.replace("HEAD", "GET");
    const found =
      all.find(({ route }) => route === routeKey?.replace(/^HEAD /, "GET ")) ??
      all.find((each) => each.method === method && each.pattern.test(rawPath));
    return (found ?? first).handler(event, context);
  };
}

interface HttpApiEvent extends RoutedEvent {
  readonly requestContext: { readonly http: { readonly method: string } };
}
