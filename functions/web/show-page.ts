import { pageSite } from "../../shared/runtime/site/handlers.ts";
import { pageUseCases } from "../../shared/runtime/site/page-use-cases.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";

export const handler = pageSite(pages, pageUseCases);
