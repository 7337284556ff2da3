import type { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { MethodNotAllowed } from "./errors.ts";
import { problemResponse } from "./problem.ts";
import { requestIdOf } from "./request-id.ts";
import { encodedPath, type RoutedEvent } from "./request-path.ts";
import { securityHeaders } from "./security-headers.ts";

export type LambdaHandler = (event: LambdaEvent, context: LambdaContext) => Promise<unknown>;

/** Methods that any resource may have. `fetch` knows no others that it forbids: TRACE, TRACK and CONNECT. */
const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
const forbidden: ReadonlySet<string> = new Set(["TRACE", "TRACK", "CONNECT"]);

/**
 * An app as a Lambda handler: the one place where a request of the gateway becomes one of fetch.
 *
 * A body that nobody asked for is left out: fetch knows no GET with one. The URL's host is no part of the request,
 * because the Host header may be anything.
 *
 * @param templates the paths of the app, where its routes are `{path+}`
 * @param methodsAt the methods that a path has; none where there is no such path
 */
export function lambda(
  app: Hono,
  takesBody: boolean,
  templates: readonly string[] = [],
  methodsAt: (pathname: string) => readonly string[] = () => [],
): LambdaHandler {
  app.onError((error, { req }) => {
    const { name, message, stack } = error;
    console.error(
      JSON.stringify({ level: "error", message: "request failed", error: { name, message, stack } }),
    );
    return bareProblem(error, req.header("x-request-id"));
  });
  const handler = handle(app);
  return async (event, context) => {
    // Nothing but an HTTP API calls these functions.
    const asked = event as unknown as HttpApiEvent;
    const { method } = asked.requestContext.http;
    if (forbidden.has(method)) {
      const allowed = methodsAt(encodedPath(asked, templates));
      const error = new MethodNotAllowed(method, allowed.length > 0 ? allowed : methods);
      return resultOf(bareProblem(error, asked.headers?.["x-request-id"]));
    }
    const request = {
      ...asked,
      rawPath: encodedPath(asked, templates),
      requestContext: { ...asked.requestContext, domainName: "localhost" },
      ...(!takesBody && { body: null }),
    };
    return handler(request as unknown as LambdaEvent, context);
  };
}

interface HttpApiEvent extends RoutedEvent {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** A problem where nobody knows whose request it is: the app could not even begin to answer. */
function bareProblem(error: unknown, id: string | undefined): Response {
  const requestId = requestIdOf(id) ?? crypto.randomUUID();
  const response = problemResponse(error, requestId);
  for (const [name, value] of Object.entries({ ...securityHeaders, "x-request-id": requestId })) {
    response.headers.set(name, value);
  }
  return response;
}

async function resultOf(response: Response): Promise<object> {
  const headers = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, body: await response.text(), isBase64Encoded: false };
}
