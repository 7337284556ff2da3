import { pageSite } from "../../shared/runtime/site.ts";
import { pages } from "./pages/all.ts";

export const handler = pageSite(pages);
