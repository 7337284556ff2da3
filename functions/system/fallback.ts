import document from "../../infra/openapi.json" with { type: "json" };
import { webPaths } from "../../shared/contracts/web/routes.ts";
import { fallback } from "../../shared/http/fallback.ts";
import { edge } from "../../shared/runtime/edge.ts";

export const handler = fallback(edge, { ...document.paths, ...webPaths });
