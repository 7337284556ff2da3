import { pageUseCases } from "../../shared/runtime/page-use-cases.ts";
import { pageSite } from "../../shared/runtime/site.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";

export const handler = pageSite(pages, pageUseCases);
