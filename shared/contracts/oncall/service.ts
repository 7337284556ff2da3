import * as z from "zod";
import type { Service } from "../../domain/oncall/service.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, teamName } from "../fields.ts";

export const serviceInput = z.strictObject({
  team: teamName,
  auto_resolve_seconds: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .nullable()
    .default(null)
    .meta({ description: "Resolve incidents automatically after this time without alerts." }),
});

/** Returns the fields of a service that a request or a form sets. */
export function serviceFields(input: z.output<typeof serviceInput>): Omit<Service, "name" | "updatedAt"> {
  return { team: input.team, autoResolveSeconds: input.auto_resolve_seconds };
}

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
