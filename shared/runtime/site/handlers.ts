import { lazy } from "../../caching/lazy.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { LambdaHandler } from "../../http/lambda.ts";
import type { Problem } from "../../http/problem.ts";
import type { BoundAction } from "../../web/site/action.ts";
import { assetUrls, serviceWorker, webAsset } from "../../web/site/assets.ts";
import { acceptForms } from "../../web/site/forms/accept-forms.ts";
import type { AssetUrls } from "../../web/site/frame.tsx";
import { problemPage } from "../../web/site/problem-page.tsx";
import type { ActionName } from "../../web/site/routes.ts";
import { showPages } from "../../web/site/show-pages.ts";
import type { Pages, SiteDeps } from "../../web/site/site.ts";
import { linkConfig } from "../config.ts";
import { keyedEdge } from "../endpoint.ts";
import { loadSecrets } from "../secrets.ts";
import { endedSessions } from "../stores.ts";
import { clock, makeSecret } from "../system.ts";

/** Loaded by the first page. Earlier errors are rendered without styles. */
let urls: AssetUrls | undefined;

const siteEdge = lazy(() => ({
  ...keyedEdge(),
  presentProblem: (problem: Problem) => problemPage(problem, { assets: urls, now: clock() }),
}));

const loadedUrls = async () => {
  urls ??= await assetUrls();
  return urls;
};

const site: SiteDeps = {
  edge: siteEdge,
  assets: loadedUrls,
  async rules() {
    await loadedUrls();
    await loadSecrets(["SIGNING_SECRET"]);
    return {
      access: keyedEdge().access,
      secrets: linkConfig().SIGNING_SECRET,
      hasEnded: (session) => endedSessions().hasEnded(sha256(session)),
      makeSecret,
    };
  },
};

/** Creates the Lambda handler of pages. */
export function pageSite(pages: Pages): LambdaHandler {
  return showPages(site, pages, { asset: webAsset, worker: serviceWorker });
}

/** Creates the Lambda handler of forms. */
export function actionSite(
  actions: Readonly<Record<ActionName, () => Promise<BoundAction>>>,
  pages: Pages,
): LambdaHandler {
  return acceptForms(site, actions, pages);
}
