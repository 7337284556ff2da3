import { actionUseCases } from "../../shared/runtime/site/action-use-cases.ts";
import { actionSite } from "../../shared/runtime/site/handlers.ts";
import { pageUseCases } from "../../shared/runtime/site/page-use-cases.ts";
import { actions } from "../../shared/web/pages/all-actions.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";

export const handler = actionSite(actions, pages, { ...pageUseCases, ...actionUseCases });
