import * as z from "zod";
import type { Change } from "../../domain/incidents/change.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";

/** A deliberate change to a service, such as a deployment or a setting. */
export const changeResource = z
  .object({
    id: z.string(),
    at: instant,
    summary: z.string(),
    source: z.string().nullable(),
    links: z.array(z.object({ href: z.string(), text: z.string().nullable() })),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Change" });

export function presentChange({
  id,
  at,
  summary,
  source,
  links,
  details,
}: Change): z.input<typeof changeResource> {
  return {
    id,
    at: formatInstant(at),
    summary,
    source,
    links: links.map((link) => ({ ...link })),
    details: { ...details },
  };
}
