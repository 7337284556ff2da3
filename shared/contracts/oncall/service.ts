import * as z from "zod";
import type { Service } from "../../domain/oncall/service.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";

export const serviceResource = z
  .object({
    service: z.string(),
    team: z.string(),
    auto_resolve_seconds: z.number().nullable(),
    updated_at: instant,
  })
  .meta({ id: "Service" });

export function presentService(service: Service): z.input<typeof serviceResource> {
  return {
    service: service.name,
    team: service.team,
    auto_resolve_seconds: service.autoResolveSeconds,
    updated_at: formatInstant(service.updatedAt),
  };
}
