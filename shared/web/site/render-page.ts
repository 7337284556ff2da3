import { matchPath, pathPattern } from "../../contracts/path-template.ts";
import { type Caller, decide } from "../../domain/access/decide.ts";
import { Invalid } from "../../domain/errors.ts";
import { encodeCursor } from "../../http/request/cursor.ts";
import {
  filtersOf,
  givenTwice,
  pageOf,
  parse,
  parseQuery,
  unknownParameters,
} from "../../http/request/query.ts";
import type { PageRequest } from "../../use-cases/ports/page.ts";
import type { FormPage, Submission } from "./action.ts";
import { csvResponse } from "./downloads/csv-response.ts";
import type { Flash } from "./flash.ts";
import { frame } from "./frame.tsx";
import { siteResponse } from "./html.ts";
import type { BoundPage, Page, Schema, Shown, Visit } from "./page.ts";
import { revalidate } from "./revalidate.ts";
import { type FormErrors, type PageName, pageRoutes } from "./routes.ts";
import { type Pages, pageNames, redirect, type SiteDeps, wantsFragment } from "./site.ts";
import type { Viewer } from "./viewer.ts";

/** A page to render. */
export interface Rendering {
  readonly name: PageName;
  readonly page: BoundPage;
  readonly url: URL;
  readonly params: Record<string, string>;
  readonly headers: Headers;
  readonly viewer: Viewer;
  readonly flash: Flash | null;
  readonly formErrors: FormErrors | null;
  /** Status of a page with form errors. */
  readonly errorStatus?: 409 | 422;
  readonly newSecret?: string | undefined;
  /** True if the browser may keep the page. */
  readonly kept?: boolean;
  readonly now: number;
}

/** Responds with a page, or with its content only if our script asks. */
export async function renderPage(deps: SiteDeps, rendering: Rendering): Promise<Response> {
  const { name, page, url, params, headers, viewer, flash, formErrors, now } = rendering;
  const { errorStatus = 422, newSecret = null, kept = false } = rendering;
  // Empty fields of a form are not filters.
  const asked = [...url.searchParams].filter(([name, value]) => value !== "" && name !== "csv");
  const ignored = unknownParameters(page.query, asked);
  const list = JSON.stringify([pageRoutes[name], params, filtersOf(asked)]);
  const visit: Visit = {
    params: parse(page.params, params),
    ...readQuery(page.query, asked, list),
    cursor: (position) => (position === null ? null : encodeCursor(list, position)),
    here: url.pathname + url.search,
    host: headers.get("host") ?? "localhost",
    headers,
    now,
    viewer,
    formErrors,
    newSecret,
  };
  const table = url.searchParams.get("csv");
  const download = table !== null && Object.hasOwn(page.downloads, table) && page.downloads[table];
  // A file, which has no place for a notice, is refused.
  if (table !== null && ignored.length > 0)
    throw new Invalid(
      ignored.map((path) => ({ path, message: "is not a known parameter" })),
      invalidAddress,
    );
  if (table !== null && download)
    return csvResponse(table, await download(visit as Visit<never, never>), visit);
  if (table) throw new Invalid([noTable(Object.keys(page.downloads))], invalidAddress);
  const shown = await page.show(visit as Visit<never, never>);
  if ("redirectTo" in shown) return redirect(headers, shown.redirectTo);
  return respondWith(deps, shown, {
    name,
    visit,
    flash,
    headers,
    status: formErrors ? errorStatus : (shown.status ?? 200),
    kept,
    downloads: shown.isEmpty ? [] : Object.keys(page.downloads),
    ignored,
  });
}

const invalidAddress = "The address of this page is not valid";

const noTable = (tables: readonly string[]) => ({
  path: "csv",
  message: tables.length === 0 ? "is not offered here" : `must be one of ${tables.join(", ")}`,
});

/** Longest part of a value that an error repeats. */
const longestValue = 60;

/** Parses the query of a page. @throws Invalid with the values that were not understood */
function readQuery(
  schema: Schema,
  asked: readonly [string, string][],
  list: string,
): { readonly query: unknown; readonly page: PageRequest } {
  try {
    const query = parseQuery(schema, asked);
    return { query, page: pageOf(query, list) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const values = new Map(asked);
    const faults = error.faults.map(({ path, message }) => {
      if (path === "cursor") return { path, message: "belongs to another list. Open the first page" };
      const value = values.get(path);
      return {
        path,
        message:
          value === undefined || message === givenTwice
            ? message
            : `${message}, not ${JSON.stringify([...value].slice(0, longestValue).join(""))}`,
      };
    });
    throw new Invalid(faults, invalidAddress);
  }
}

/** Responds with a form as it was filled in. */
export async function renderForm(
  deps: SiteDeps,
  { status, flash, page: name, ...shown }: FormPage,
  { headers, ...visit }: Pick<Submission, "viewer" | "here" | "now" | "headers">,
): Promise<Response> {
  return respondWith(deps, shown, {
    name,
    visit,
    flash: flash ?? null,
    headers,
    status: wantsFragment(headers) ? 200 : status,
    kept: false,
  });
}

async function respondWith(
  deps: SiteDeps,
  { title, content, everySeconds }: Shown,
  {
    name,
    visit: { viewer, here, now },
    flash,
    headers,
    status,
    kept,
    downloads = [],
    ignored = [],
  }: {
    readonly name: PageName;
    readonly visit: Pick<Visit, "viewer" | "here" | "now">;
    readonly flash: Flash | null;
    readonly headers: Headers;
    readonly status: number;
    readonly kept: boolean;
    readonly downloads?: readonly string[];
    readonly ignored?: readonly string[];
  },
): Promise<Response> {
  const html = frame({
    title,
    content,
    downloads,
    ignored,
    ...(everySeconds !== undefined && { everySeconds }),
    assets: await deps.assets(),
    page: name,
    viewer,
    here,
    now,
    flash,
    fragment: wantsFragment(headers),
  });
  const response = siteResponse(html, status, headers);
  return kept && status === 200 ? revalidate(headers, response, html) : response;
}

/** Returns the right that a viewer lacks: in the team of the path, or in any team. */
export function denialOf(
  caller: Caller,
  { right, params: schema }: Pick<Page, "right" | "params">,
  params: Record<string, string>,
) {
  if (right === null) return null;
  const { team } = Object(parse(schema, params));
  const denial = decide(caller, right, { team });
  return denial && { right, denial };
}

/** Returns the page at an address of this site, unless the viewer lacks its right. */
export async function permittedPageAt(
  pages: Pages,
  to: string,
  caller: Caller | undefined,
): ReturnType<typeof pageAt> {
  const found = await pageAt(pages, to);
  if (!found) return undefined;
  const isPermitted = caller ? !denialOf(caller, found.page, found.params) : found.page.right === null;
  return isPermitted ? found : undefined;
}

/** Returns the page at an address of this site. */
export async function pageAt(
  pages: Pages,
  to: string,
): Promise<Pick<Rendering, "name" | "page" | "url" | "params"> | undefined> {
  const url = new URL(to, "http://localhost");
  for (const name of pageNames) {
    const params = matchPath(pathPattern(pageRoutes[name]), url.pathname);
    if (params) return { name, page: await pages[name](), url, params };
  }
  return undefined;
}
