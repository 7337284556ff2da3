import { honoPath } from "../../contracts/path-template.ts";
import type { Caller, Denial } from "../../domain/access/decide.ts";
import { describeDenial } from "../../domain/access/describe-denial.ts";
import { type AccessRules, administratorsFor } from "../../http/access.ts";
import { type LambdaHandler, lambda } from "../../http/lambda.ts";
import { isSecure, readCookie, setCookie } from "../../http/session/cookies.ts";
import { unpackFlash } from "./flash.ts";
import type { BoundPage } from "./page.ts";
import { recognize } from "./recognize.ts";
import { denialOf, type Rendering, renderPage } from "./render-page.ts";
import { assetRoute, pageRoutes, webPaths, workerRoute } from "./routes.ts";
import {
  type Pages,
  pageNames,
  redirectToSignIn,
  type SiteDeps,
  siteApp,
  wantsFragment,
  withCookies,
} from "./site.ts";

interface SiteFiles {
  readonly asset: (name: string, headers: Headers) => Promise<Response>;
  readonly worker: (headers: Headers) => Promise<Response>;
}

/**
 * Creates the Lambda handler of the pages and their assets.
 *
 * @param files files that browsers load besides the pages
 */
export function showPages(deps: SiteDeps, pages: Pages, files: SiteFiles): LambdaHandler {
  const app = siteApp(deps);
  for (const name of pageNames) {
    const path = pageRoutes[name];
    app.get(honoPath(path), async (context) => {
      context.set("route", { service: "web", path });
      const { raw } = context.req;
      const page = await pages[name]();
      return showPage(deps, { name, page, raw, params: context.req.param() });
    });
  }
  app.get(honoPath(assetRoute), (context) => {
    context.set("route", { service: "web", path: assetRoute });
    return files.asset(context.req.param("asset") ?? "", context.req.raw.headers);
  });
  app.get(workerRoute, (context) => {
    context.set("route", { service: "web", path: workerRoute });
    return files.worker(context.req.raw.headers);
  });
  return lambda(app, Object.keys(webPaths));
}

async function showPage(
  deps: SiteDeps,
  { name, page, raw, params }: Pick<Rendering, "name" | "page" | "params"> & { readonly raw: Request },
): Promise<Response> {
  const { headers } = raw;
  const now = deps.edge().clock();
  const rules = await deps.rules();
  const url = new URL(raw.url);
  const { caller, viewer, cookies } = await recognize(rules, headers, now);
  if (!caller && page.right !== null) return redirectToSignIn(headers, url.pathname + url.search);
  const denial = caller ? denialOf(caller, page, params) : null;
  if (caller && denial) {
    const request = { method: raw.method, path: url.pathname, route: pageRoutes[name] };
    await deps.edge().recordDenial?.({ principal: caller.principal, ...denial }, request);
  }
  // A refresh of an open page leaves the message to the next page.
  const flash = wantsFragment(headers) ? null : unpackFlash(readCookie(headers, "flash"), rules.secrets);
  const response = await renderPage(deps, {
    name,
    page: caller && denial ? await forbiddenPage(rules.access, caller, denial.denial, now) : page,
    url,
    params,
    headers,
    viewer,
    flash,
    formErrors: null,
    kept: flash === null && !wantsFragment(headers),
    now,
  });
  // A redirect leaves it to its target.
  const read =
    flash && response.status !== 303
      ? [setCookie("flash", "", { secure: isSecure(headers), maxAgeSeconds: 0 })]
      : [];
  return withCookies(response, [...cookies, ...read]);
}

/** The page that a viewer sees who lacks its right. */
async function forbiddenPage(
  access: AccessRules,
  caller: Caller,
  denial: Denial,
  now: number,
): Promise<BoundPage> {
  const reason = describeDenial(caller.principal, denial);
  const [administrators, { ForbiddenView }] = await Promise.all([
    administratorsFor(access, caller, now),
    import("./forbidden-view.tsx"),
  ]);
  const content = ForbiddenView({ reason, administrators });
  const show = async () => ({ title: "Insufficient permissions", status: 403, content });
  return { right: null, params: undefined, query: undefined, show, downloads: {} };
}
