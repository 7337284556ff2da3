import apiPaths from "../../infra/build/openapi-paths.json" with { type: "json" };
import { fallback } from "../../shared/http/fallback.ts";
import { edge } from "../../shared/runtime/endpoint.ts";
import { clock } from "../../shared/runtime/system.ts";
import { assetUrls } from "../../shared/web/site/assets.ts";
import { problemPage } from "../../shared/web/site/problem-page.tsx";
import { webPaths } from "../../shared/web/site/routes.ts";

export const handler = fallback(edge, { ...apiPaths, ...webPaths }, async () => {
  const assets = await assetUrls();
  return (problem) => problemPage(problem, { assets, now: clock() });
});
