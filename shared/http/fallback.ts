import { pathPattern } from "../contracts/path-template.ts";
import { createApp, type EdgeDeps } from "./app.ts";
import { NoSuchPath } from "./errors.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { answerPreflight, refuseMethod } from "./other-methods.ts";
import { type PresentProblem, problemJson } from "./problem.ts";
import { isBrowser } from "./request/browser.ts";
import { withoutTrailingSlashes } from "./request/request-path.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Paths in OpenAPI format: a template with an entry per lower-case method. */
type Paths = Readonly<Record<string, object>>;

interface PathMethods {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/**
 * Creates the handler of the gateway's default route, for requests that match no other route.
 *
 * @param forPeople creates the error page for browsers; other clients get JSON
 */
export function fallback(
  edge: () => EdgeDeps,
  paths: Paths,
  forPeople: () => Promise<PresentProblem>,
): LambdaHandler {
  const patterns = Object.entries(paths).map(
    ([template, item]): PathMethods => ({
      pattern: pathPattern(template),
      methods: Object.keys(item).map((method) => method.toUpperCase()),
    }),
  );
  const presentProblem: PresentProblem = async (problem, request) => {
    const present = isBrowser(request?.headers.get("accept") ?? "") ? await forPeople() : problemJson;
    return present(problem, request);
  };
  const app = createApp(
    () => ({ ...edge(), presentProblem }),
    { service: "system", path: "*" },
    (pathname) => methodsOf(patterns, pathname),
  );
  app.all("*", (context) => answer(context.get("edge"), patterns, context.req.raw));
  return lambda(app);
}

/** @throws Forbidden, MethodNotAllowed or NoSuchPath */
function answer({ access }: EdgeDeps, paths: readonly PathMethods[], request: Request): Response {
  const preflight = answerPreflight(access, request);
  if (preflight) return preflight;
  const { method, url } = request;
  const { pathname, search } = new URL(url);
  const allowed = methodsOf(paths, pathname);
  if (allowed.length > 0 && !allowed.includes(method)) return refuseMethod(method, allowed);
  const trimmed = withoutTrailingSlashes(pathname);
  if (trimmed !== pathname && methodsOf(paths, trimmed).length > 0) {
    return new Response(null, { status: 308, headers: { location: trimmed + search } });
  }
  throw new NoSuchPath(`The path ${JSON.stringify(pathname.slice(0, 255))} does not exist`);
}

/** Returns the methods of all templates that match the path. */
function methodsOf(paths: readonly PathMethods[], pathname: string): string[] {
  const found = paths.filter(({ pattern }) => pattern.test(pathname)).flatMap(({ methods }) => methods);
  return methods.filter((method) => found.includes(method === "HEAD" ? "GET" : method));
}
