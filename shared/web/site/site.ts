/** The website: pages to look at and actions that forms are submitted to. */

import { bySpecificity } from "../../contracts/path-template.ts";
import { type App, createApp, type EdgeDeps } from "../../http/app.ts";
import { NoSuchPath } from "../../http/errors.ts";
import { methodsByPath, refuseMethod, respondToPreflight } from "../../http/other-methods.ts";
import { withoutTrailingSlashes } from "../../http/request/request-path.ts";
import type { AssetUrls } from "./frame.tsx";
import type { BoundPage } from "./page.ts";
import type { ViewerRules } from "./recognize.ts";
import { type PageName, pageRoutes, webPaths } from "./routes.ts";

export interface SiteDeps {
  readonly edge: () => EdgeDeps;
  /** Read for each request, because secrets may come from the parameter store. */
  readonly rules: () => Promise<ViewerRules>;
  readonly assets: () => Promise<AssetUrls>;
}

/** Functions that load the pages of the site, by name. */
export type Pages = Readonly<Record<PageName, () => Promise<BoundPage>>>;

/** Names of the pages in matching order: literal paths before placeholders. */
export const pageNames = (Object.keys(pageRoutes) as PageName[]).toSorted((a, b) =>
  bySpecificity(pageRoutes[a], pageRoutes[b]),
);

const methodsAt = methodsByPath(webPaths);

/** Creates the app of the site. Its paths list their methods to requests with another one. */
export function siteApp({ edge, rules }: SiteDeps): App {
  const app = createApp(edge, { service: "web", path: "*" }, methodsAt);
  app.notFound(async ({ get, req: { raw } }) => {
    // Loads what the error page needs.
    await rules();
    const allowed = methodsAt(withoutTrailingSlashes(new URL(raw.url).pathname) || "/");
    if (allowed.length === 0 || allowed.includes(raw.method)) throw new NoSuchPath("Page not found");
    return respondToPreflight(get("edge").access, raw) ?? refuseMethod(raw.method, allowed);
  });
  return app;
}

/** Returns true if our script made the request. It replaces the content of an open page. */
export function wantsFragment(headers: Headers): boolean {
  return headers.get("hx-request") === "true";
}

/** Redirects with 303. Our script gets a header instead, because it would show the target inside the open page. */
export function redirect(headers: Headers, to: string): Response {
  return wantsFragment(headers)
    ? new Response(null, { status: 204, headers: { "hx-redirect": to } })
    : new Response(null, { status: 303, headers: { location: to } });
}

export function redirectToSignIn(headers: Headers, next: string): Response {
  return redirect(headers, `/sign-in?${new URLSearchParams({ next })}`);
}

export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const each of cookies) response.headers.append("set-cookie", each);
  return response;
}
