import type { LambdaHandler } from "../http/endpoint.ts";
import { siteResponse } from "../http/html.ts";
import { type Action, actionsHandler, type Page, pagesHandler, type SiteDeps } from "../http/site.ts";
import { nobody } from "../http/visitor.ts";
import { type AssetUrls, frame } from "../pages/frame.tsx";
import { ProblemView } from "../pages/problem-view.tsx";
import { linkConfig } from "./config.ts";
import { keyedEdge } from "./keyed-edge.ts";
import { once } from "./once.ts";
import { loadSecrets } from "./secrets.ts";
import { assetUrls, webAsset } from "./web-assets.ts";
import { clock, makeSecret } from "./world.ts";

/** Known from the first page on; a problem before that is shown without a style. */
let urls: AssetUrls | undefined;

const siteEdge = /* @__PURE__ */ once(() => ({
  ...keyedEdge(),
  presentProblem: (problem: Parameters<typeof ProblemView>[0]["problem"] & { readonly status: number }) =>
    siteResponse(
      frame({
        title: problem.title,
        content: ProblemView({ problem }),
        assets: urls,
        visitor: nobody,
        now: clock(),
      }),
      problem.status,
    ),
}));

const site: SiteDeps = {
  edge: siteEdge,
  async rules() {
    urls ??= await assetUrls();
    await loadSecrets(["SIGNING_SECRET"]);
    return { access: keyedEdge().access, secrets: linkConfig().SIGNING_SECRET, makeSecret };
  },
  async frame({ visit, ...shown }) {
    const { here, visitor, now } = visit;
    return frame({ ...shown, assets: urls, here, visitor, now });
  },
};

/** The Lambda handler that shows pages. */
export function pageSite(pages: readonly Page[]): LambdaHandler {
  return pagesHandler(site, pages, webAsset);
}

/** The Lambda handler that forms are sent to. */
export function actionSite(actions: readonly Action[], pages: readonly Page[]): LambdaHandler {
  return actionsHandler(site, actions, pages);
}
