import { matchPath, pathPattern } from "../../contracts/path-template.ts";
import { encodeCursor } from "../../http/request/cursor.ts";
import { filtersOf, pageOf, parse } from "../../http/request/query.ts";
import type { FormPage, Submission } from "./action.ts";
import type { Flash } from "./flash.ts";
import { frame } from "./frame.tsx";
import { siteResponse } from "./html.ts";
import type { Page, Shown, Visit } from "./page.ts";
import { revalidate } from "./revalidate.ts";
import { type FormErrors, type PageName, pageRoutes } from "./routes.ts";
import { type Pages, pageNames, redirect, type SiteDeps, wantsFragment } from "./site.ts";
import type { Viewer } from "./viewer.ts";

/** A page to render. */
export interface Rendering<U> {
  readonly name: PageName;
  readonly page: Page<U>;
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
export async function renderPage<U>(deps: SiteDeps, useCases: U, rendering: Rendering<U>): Promise<Response> {
  const { name, page, url, params, headers, viewer, flash, formErrors, now } = rendering;
  const { errorStatus = 422, newSecret = null, kept = false } = rendering;
  // Empty fields of a form are not filters.
  const asked = [...url.searchParams].filter(([, value]) => value !== "");
  const list = JSON.stringify([pageRoutes[name], params, filtersOf(asked)]);
  const query = parse(page.query, Object.fromEntries(asked));
  const visit: Visit = {
    params: parse(page.params, params),
    query,
    page: pageOf(query, list),
    cursor: (position) => (position === null ? null : encodeCursor(list, position)),
    here: url.pathname + url.search,
    host: headers.get("host") ?? "localhost",
    headers,
    now,
    viewer,
    formErrors,
    newSecret,
  };
  const shown = await page.show(visit as Visit<never, never>, useCases);
  if ("redirectTo" in shown) return redirect(headers, shown.redirectTo);
  return respondWith(deps, shown, {
    name,
    visit,
    flash,
    headers,
    status: formErrors ? errorStatus : (shown.status ?? 200),
    kept,
  });
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
  }: {
    readonly name: PageName;
    readonly visit: Pick<Visit, "viewer" | "here" | "now">;
    readonly flash: Flash | null;
    readonly headers: Headers;
    readonly status: number;
    readonly kept: boolean;
  },
): Promise<Response> {
  const html = frame({
    title,
    content,
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

/** Returns the page at an address of this site. */
export async function pageAt<U>(
  pages: Pages<U>,
  to: string,
): Promise<Pick<Rendering<U>, "name" | "page" | "url" | "params"> | undefined> {
  const url = new URL(to, "http://localhost");
  for (const name of pageNames) {
    const params = matchPath(pathPattern(pageRoutes[name]), url.pathname);
    if (params) return { name, page: await pages[name](), url, params };
  }
  return undefined;
}
