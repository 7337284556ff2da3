import { pageSite } from "../../shared/runtime/site/handlers.ts";
import { pageUseCases } from "../../shared/runtime/site/page-use-cases.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";
import { firstPages } from "../../shared/web/pages/first-pages.ts";

/** Most requests are for the first view, so it is not loaded later. */
export const handler = pageSite({ ...pages, ...firstPages }, pageUseCases);
