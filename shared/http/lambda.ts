import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import type { App } from "./app.ts";
import { encodedPath, type RoutedEvent } from "./request/request-path.ts";

export type LambdaHandler = (event: LambdaEvent, context: LambdaContext) => Promise<unknown>;

/** `fetch` can't make requests of these methods. */
const forbidden: ReadonlySet<string> = new Set(["TRACE", "TRACK", "CONNECT"]);
const bodiless: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Makes a Lambda handler of an app: the one place where a request of the gateway becomes one of fetch.
 *
 * The URL's host is no part of the request, because the Host header may be anything.
 *
 * @param templates the paths of the app, where its routes are `{path+}`
 */
export function lambda(app: App, templates: readonly string[] = []): LambdaHandler {
  const handler = handle(app);
  return async (event, context) => {
    // Only an HTTP API invokes these functions.
    const sent = event as unknown as HttpApiEvent;
    const { requestContext } = sent;
    const { method } = requestContext.http;
    const isForbidden = forbidden.has(method);
    const http = { ...requestContext.http, ...(isForbidden && { method: "GET" }) };
    const request = {
      ...sent,
      rawPath: encodedPath(sent, templates),
      requestContext: { ...requestContext, http, domainName: "localhost" },
      ...(bodiless.has(http.method) && { body: null }),
      ...(isForbidden && { forbiddenMethod: method }),
    };
    return handler(request as unknown as LambdaEvent, context);
  };
}

interface HttpApiEvent extends RoutedEvent {
  readonly requestContext: { readonly http: { readonly method: string } };
}
