import { actionUseCases } from "../../shared/runtime/site/action-use-cases.ts";
import { actionSite } from "../../shared/runtime/site/handlers.ts";
import { laterActions } from "../../shared/web/pages/all-actions.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";
import { firstActions } from "../../shared/web/pages/first-actions.ts";
import { bindActions, bindPages } from "../../shared/web/site/bind.ts";

const pageUseCases = async () => (await import("../../shared/runtime/site/page-use-cases.ts")).pageUseCases;

const laterUseCases = async () => {
  const { configurationUseCases } = await import("../../shared/runtime/site/configuration-use-cases.ts");
  return { ...(await pageUseCases()), ...actionUseCases, ...configurationUseCases };
};

/** Most forms act on incidents, so only other forms, and pages, are loaded later with their use cases. */
export const handler = actionSite(
  { ...bindActions(laterActions, laterUseCases), ...bindActions(firstActions, async () => actionUseCases) },
  bindPages(pages, pageUseCases),
);
