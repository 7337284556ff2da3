import { createApp, type EdgeDeps } from "./app.ts";
import { NoSuchPath } from "./errors.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { methodsByPath, type Paths, refuseMethod, respondToPreflight } from "./other-methods.ts";
import { type PresentProblem, problemJson } from "./problem.ts";
import { isBrowser } from "./request/browser.ts";
import { withoutTrailingSlashes } from "./request/request-path.ts";

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
  const methodsAt = methodsByPath(paths);
  const presentProblem: PresentProblem = async (problem, request) => {
    const present = isBrowser(request?.headers.get("accept") ?? "") ? await forPeople() : problemJson;
    return present(problem, request);
  };
  const app = createApp(() => ({ ...edge(), presentProblem }), { service: "system", path: "*" }, methodsAt);
  app.all("*", (context) => respond(context.get("edge"), methodsAt, context.req.raw));
  return lambda(app);
}

/** @throws Forbidden, MethodNotAllowed or NoSuchPath */
function respond(
  { access }: EdgeDeps,
  methodsAt: (pathname: string) => readonly string[],
  request: Request,
): Response {
  const preflight = respondToPreflight(access, request);
  if (preflight) return preflight;
  const { method, url } = request;
  const { pathname, search } = new URL(url);
  const allowed = methodsAt(pathname);
  if (allowed.length > 0 && !allowed.includes(method)) return refuseMethod(method, allowed);
  const trimmed = withoutTrailingSlashes(pathname);
  if (trimmed !== pathname && methodsAt(trimmed).length > 0) {
    return new Response(null, { status: 308, headers: { location: trimmed + search } });
  }
  throw new NoSuchPath(`The path ${JSON.stringify(pathname.slice(0, 255))} does not exist`);
}
