import type { LambdaEvent } from "hono/aws-lambda";
import type { Contract } from "../contracts/contract.ts";
import type { LambdaHandler } from "./endpoint.ts";

/** An endpoint among those of one function. */
export interface Answering {
  readonly contract: Pick<Contract, "method" | "path">;
  readonly handler: LambdaHandler;
}

/** One Lambda handler of several endpoints: what none of them answers, the first says that there is nothing. */
export function oneOf(first: Answering, ...others: readonly Answering[]): LambdaHandler {
  const all = [first, ...others].map(({ contract: { method, path }, handler }) => ({
    method,
    handler,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}/*$`),
  }));
  return (event, context) => {
    const { method, path } = askedBy(event);
    const found = all.find((each) => each.method === method && each.pattern.test(path));
    return (found ?? first).handler(event, context);
  };
}

/** Method and path of what an HTTP API asks (payload 2.0); nothing else calls endpoints. */
function askedBy(event: LambdaEvent): { readonly method: string; readonly path: string } {
  return "rawPath" in event && "http" in event.requestContext
    ? { method: event.requestContext.http.method, path: event.rawPath }
    : { method: "", path: "" };
}
