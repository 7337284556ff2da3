import { firstPageUseCases } from "../../shared/runtime/site/first-page-use-cases.ts";
import { pageSite } from "../../shared/runtime/site/handlers.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";
import { firstPages } from "../../shared/web/pages/first-pages.ts";
import { bindPages } from "../../shared/web/site/bind.ts";

/** Most requests are for the first view, so only other pages and their use cases are loaded later. */
export const handler = pageSite({
  ...bindPages(pages, async () => (await import("../../shared/runtime/site/page-use-cases.ts")).pageUseCases),
  ...bindPages(firstPages, async () => firstPageUseCases),
});
