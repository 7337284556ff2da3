import { page } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";

/** The address of the settings shows their first page. */
export const settingsPage = page({}, async () => ({ redirectTo: pageHref("integrations") }));
