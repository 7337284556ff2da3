import { lazy } from "../caching/lazy.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import type { Problem } from "../http/problem.ts";
import { type Action, actionsHandler, type Page, pagesHandler, type SiteDeps } from "../http/site.ts";
import { type AssetUrls, frame } from "../pages/frame.tsx";
import { WithheldView } from "../pages/withheld-view.tsx";
import { linkConfig } from "./config.ts";
import { keyedEdge } from "./endpoint.ts";
import { loadSecrets } from "./secrets.ts";
import { siteProblem } from "./site-problem.ts";
import { endedSessions } from "./stores.ts";
import { makeSecret, sha256 } from "./system.ts";
import { assetUrls, webAsset } from "./web-assets.ts";

/** Known from the first page on; a problem before that is shown without a style. */
let urls: AssetUrls | undefined;

const siteEdge = lazy(() => ({
  ...keyedEdge(),
  presentProblem: (problem: Problem) => siteProblem(problem, urls),
}));

const site: SiteDeps = {
  edge: siteEdge,
  async rules() {
    urls ??= await assetUrls();
    await loadSecrets(["SIGNING_SECRET"]);
    return {
      access: keyedEdge().access,
      secrets: linkConfig().SIGNING_SECRET,
      hasEnded: (session) => endedSessions().hasEnded(sha256(session)),
      makeSecret,
    };
  },
  async frame({ visit, ...shown }) {
    const { here, visitor, now } = visit;
    return frame({ ...shown, assets: urls, here, visitor, now });
  },
  withheld: ({ name, scope }, visitor) => ({
    title: "Not with your key",
    status: 403,
    content: WithheldView({ page: name, scope, visitor }),
  }),
};

/** The Lambda handler that shows pages. */
export function pageSite(pages: readonly Page[]): LambdaHandler {
  return pagesHandler(site, pages, webAsset);
}

/** The Lambda handler that forms are sent to. */
export function actionSite(actions: readonly Action[], pages: readonly Page[]): LambdaHandler {
  return actionsHandler(site, actions, pages);
}
