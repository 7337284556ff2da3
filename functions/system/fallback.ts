import document from "../../infra/build/openapi.json" with { type: "json" };
import { fallback } from "../../shared/http/fallback.ts";
import { edge } from "../../shared/runtime/endpoint.ts";
import { clock } from "../../shared/runtime/system.ts";
import { assetUrls } from "../../shared/web/site/assets.ts";
import { webPaths } from "../../shared/web/site/routes.ts";
import { siteProblem } from "../../shared/web/site/site-problem.ts";

export const handler = fallback(edge, { ...document.paths, ...webPaths }, async () => {
  const assets = await assetUrls();
  return (problem) => siteProblem(problem, assets, clock());
});
