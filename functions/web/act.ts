import { actionUseCases } from "../../shared/runtime/site/action-use-cases.ts";
import { actionSite } from "../../shared/runtime/site/handlers.ts";
import { pageUseCases } from "../../shared/runtime/site/page-use-cases.ts";
import { withLater } from "../../shared/runtime/site/with-later.ts";
import { actions } from "../../shared/web/pages/all-actions.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";

const useCases = withLater(
  { ...pageUseCases, ...actionUseCases },
  async () => (await import("../../shared/runtime/site/configuration-use-cases.ts")).configurationUseCases,
);

export const handler = actionSite(actions, pages, useCases);
