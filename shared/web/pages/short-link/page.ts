import * as z from "zod";
import { NotFound } from "../../../domain/errors.ts";
import { page } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";

const params = z.object({ number: z.string() });

/** A short address of an incident, `/i/120`, to read out or to type. */
export const shortLinkPage = page({ params }, async ({ params: { number } }) => {
  if (!/^\d+$/.test(number)) throw new NotFound("incident", number);
  return { redirectTo: pageHref("incident", { id: number }) };
});
