/** Responses to methods that a path does not have. */
import { pathPattern, takesPrecedence } from "../contracts/path-template.ts";
import { type AccessRules, admitWithoutKey } from "./access.ts";
import { Forbidden, MethodNotAllowed } from "./errors.ts";

/** Methods of a GET endpoint. Its route takes all methods without a route of their own (infra/stack/gateway-routes.ts). */
export const readMethods: readonly string[] = ["GET", "HEAD"];

/**
 * Responds to a preflight request; undefined for other requests.
 *
 * @throws Forbidden for a page of another origin, or if the platform requires no keys and the request is not local
 */
export function respondToPreflight(access: AccessRules, { method, headers }: Request): Response | undefined {
  admitWithoutKey(access, headers);
  const origin = headers.get("origin");
  if (method !== "OPTIONS" || origin === null || !headers.has("access-control-request-method"))
    return undefined;
  if (access.corsOrigins.includes(origin)) return new Response(null, { status: 204 });
  throw new Forbidden("This origin is not allowed to call the platform");
}

/** Lists the methods of a path for OPTIONS. @throws MethodNotAllowed for other methods */
export function refuseMethod(method: string, allowed: readonly string[]): Response {
  if (method !== "OPTIONS") throw new MethodNotAllowed(method, allowed);
  return new Response(null, { status: 204, headers: { allow: allowed.join(", ") } });
}

/** Paths in OpenAPI format: a template with an entry per lower-case method. */
export type Paths = Readonly<Record<string, object>>;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Returns a function that lists the methods of a path; none where there is no such path. Several templates may match,
 * such as `/schedules/preview` and `/schedules/{team}`.
 */
export function methodsByPath(paths: Paths): (pathname: string) => string[] {
  const patterns = Object.entries(paths).map(([template, item]) => ({
    template,
    pattern: pathPattern(template),
    methods: Object.keys(item).map((method) => method.toUpperCase()),
  }));
  return (pathname) => {
    const matching = patterns.filter(({ pattern }) => pattern.test(pathname));
    const found = matching
      .filter(({ template }) => !matching.some((other) => takesPrecedence(other.template, template)))
      .flatMap((each) => each.methods);
    return methods.filter((method) => found.includes(method === "HEAD" ? "GET" : method));
  };
}
