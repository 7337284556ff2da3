import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { FunctionEvent } from "./function-definition.ts";
import { httpFunctions, siteRoutes } from "./http-functions.ts";

const functions = await httpFunctions(resolve(import.meta.dirname, "../.."));
const routesOf = (wanted: string) =>
  functions
    .filter(({ name }) => name === wanted)
    .flatMap(({ definition: { events = [] } }) => events)
    .map(({ httpApi }: FunctionEvent) =>
      typeof httpApi === "object" ? `${httpApi.method} ${httpApi.path}` : httpApi,
    );

/** Returns true if a route takes a path: the path itself, or all paths below a section, as `POST /settings/{path+}` does. */
function takes(route: string | undefined, asked: string): boolean {
  const [method, path = ""] = (route ?? "").split(" ");
  const [askedMethod, askedPath = ""] = asked.split(" ");
  if (method !== "*" && method !== askedMethod) return false;
  const section = /^(.+\/)\{path\+\}$/.exec(path)?.[1];
  return section === undefined ? path === askedPath : askedPath.startsWith(section);
}

test.each(siteRoutes)("$method $path of the UI has one route", ({ method, path }) => {
  const routes = routesOf(method === "GET" ? "showPage" : "act");
  expect(routes.filter((route) => takes(route, `${method} ${path}`))).toHaveLength(1);
});

test("every route of the UI has a page or an action", () => {
  const routes = [...routesOf("showPage"), ...routesOf("act")];
  expect(
    routes.filter((route) => !siteRoutes.some(({ method, path }) => takes(route, `${method} ${path}`))),
  ).toEqual([]);
});

test("an endpoint's route is its contract's", () => {
  expect(routesOf("getSilence")).toEqual(["GET /api/v1/silences/{id}"]);
  expect(routesOf("createOverride")).toEqual(["POST /api/v1/oncall/override"]);
});

test("all other paths are routed to the fallback", () => {
  expect(routesOf("fallback")).toEqual(["*"]);
});
