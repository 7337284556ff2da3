import type { FoundFunction } from "../../infra/stack/functions.ts";
import type { Parts } from "./parts.ts";

/** The UI's paths. TypeScript checks that each has a page or an action. */
export interface Site {
  readonly pages: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  /** Path of the files that pages load. */
  readonly asset: string;
}

/** The two functions that serve them. */
const handlers = { page: "dist/functions/web/show-page.handler", action: "dist/functions/web/act.handler" };

export function servesSite({ definition }: Pick<FoundFunction, "definition">): boolean {
  return Object.values(handlers).includes(definition.handler);
}

/** Returns where the UI's paths, the routes of the gateway and the API disagree. */
export function siteFaults(
  site: Site,
  { contracts, functions }: Pick<Parts, "contracts" | "functions">,
): string[] {
  const gets = [...Object.values(site.pages), site.asset].map((path) => `GET ${path}`);
  const posts = Object.values(site.actions).map((path) => `POST ${path}`);
  return [
    ...routeFaults(functions, handlers.page, gets),
    ...routeFaults(functions, handlers.action, posts),
    ...contracts
      .map(({ contract }) => `${contract.method} ${contract.path}`)
      .filter((route) => [...gets, ...posts].includes(route))
      .map((route) => `${route} has a contract, and the UI has it too`),
  ];
}

function routeFaults(
  functions: readonly FoundFunction[],
  handler: string,
  expected: readonly string[],
): string[] {
  const events = functions.find(({ definition }) => definition.handler === handler)?.definition.events ?? [];
  const routes = events.map(({ httpApi }) =>
    typeof httpApi === "object" ? `${httpApi.method} ${httpApi.path}` : "something else",
  );
  return [
    ...expected
      .filter((asked) => routes.filter((route) => takes(route, asked)).length !== 1)
      .map((asked) => `infra/stack/functions/web.yml: ${handler} should have one route that takes ${asked}`),
    ...routes
      .filter((route) => !expected.some((asked) => takes(route, asked)))
      .map((route) => `infra/stack/functions/web.yml: ${handler} has ${route}, which the UI has not`),
  ];
}

/** Returns true if a route takes a path: the path itself, or all paths below a section, as `GET /settings/{path+}` does. */
function takes(route: string, asked: string): boolean {
  const section = /^(.+\/)\{path\+\}$/.exec(route)?.[1];
  return section === undefined ? route === asked : asked.startsWith(section);
}
