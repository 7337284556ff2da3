import * as z from "zod";
import { page } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";

const params = z.object({ number: z.string() });

/** A short address of an incident, `/i/120`, to read out or to type. */
export const shortLinkPage = page({ params }, async ({ params: { number } }) => ({
  redirectTo: pageHref("incident", { id: number }),
}));
