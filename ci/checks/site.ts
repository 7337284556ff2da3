import { camelCase } from "../../infra/build/contracts.ts";
import type { FoundFunction } from "../../infra/stack/functions.ts";
import type { Parts, Source } from "./parts.ts";

/** The UI's routes, by the names of the files that answer them. */
export interface Site {
  readonly pages: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  /** What the function of the pages answers besides. */
  readonly asset: string;
}

/** The two functions that answer for all of them, and what they list. */
const kinds = [
  { kind: "page", folder: "functions/web/pages/", ending: ".tsx", list: "functions/web/pages/all.ts" },
  { kind: "action", folder: "functions/web/actions/", ending: ".ts", list: "functions/web/act.ts" },
] as const;
const handlers = { page: "dist/functions/web/show-page.handler", action: "dist/functions/web/act.handler" };

/** Whether a file is a page, an action, or the list of them: none is a function. */
export function isPartOfSite(path: string): boolean {
  return kinds.some(({ folder }) => path.startsWith(folder));
}

export function servesSite({ definition }: Pick<FoundFunction, "definition">): boolean {
  return Object.values(handlers).includes(definition.handler);
}

/** Where the UI's routes, its files, their lists and the gateway part. */
export function siteFaults(
  site: Site,
  { contracts, functions, sources }: Pick<Parts, "contracts" | "functions" | "sources">,
): string[] {
  const routes = { page: site.pages, action: site.actions };
  const faults = kinds.flatMap(({ kind, folder, ending, list }) => {
    const listed = sources.find(({ path }) => path === list)?.text ?? "";
    const files = sources.filter(({ path }) => path.startsWith(folder) && path !== list);
    const names = Object.keys(routes[kind]);
    return [
      ...files
        .filter(({ path }) => !names.some((name) => path === folder + name + ending))
        .map(({ path }) => `${path}: shared/contracts/web/routes.ts has no ${kind} of that name`),
      ...names.flatMap((name) =>
        fileFaults({ kind, name, path: folder + name + ending, list, listed, files }),
      ),
    ];
  });
  const gets = [...Object.values(site.pages), site.asset].map((path) => `GET ${path}`);
  const posts = Object.values(site.actions).map((path) => `POST ${path}`);
  return [
    ...faults,
    ...routeFaults(functions, handlers.page, gets),
    ...routeFaults(functions, handlers.action, posts),
    ...contracts
      .map(({ contract }) => `${contract.method} ${contract.path}`)
      .filter((route) => [...gets, ...posts].includes(route))
      .map((route) => `${route} has a contract, and the UI has it too`),
  ];
}

interface NamedFile {
  readonly kind: "page" | "action";
  readonly name: string;
  readonly path: string;
  readonly list: string;
  readonly listed: string;
  readonly files: readonly Source[];
}

function fileFaults({ kind, name, path, list, listed, files }: NamedFile): string[] {
  const file = files.find((found) => found.path === path);
  if (!file) return [`${path}: is in shared/contracts/web/routes.ts, and not there`];
  const exported = camelCase(name) + (kind === "page" ? "Page" : "Action");
  const faults: string[] = [];
  if (!new RegExp(`export const ${exported} = ${kind}\\(\\s*"${name}",`).test(file.text)) {
    faults.push(`${path}: should export const ${exported} = ${kind}("${name}", …)`);
  }
  // Once where it is imported, once in the list.
  if ([...listed.matchAll(new RegExp(`\\b${exported}\\b`, "g"))].length < 2) {
    faults.push(`${list}: doesn't list ${exported}`);
  }
  return faults;
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

/** Whether a route is that of a page or action, or of all that lies beneath a section: `GET /settings/{path+}`. */
function takes(route: string, asked: string): boolean {
  const section = /^(.+\/)\{path\+\}$/.exec(route)?.[1];
  return section === undefined ? route === asked : asked.startsWith(section);
}
