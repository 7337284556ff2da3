import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { formatInstant } from "../../../domain/time.ts";
import { instant, linkResource, serviceName, teamName, text } from "../../fields.ts";
import { linkInput, webAddress } from "../link.ts";
import { presentUrgency, urgencyInput, urgencyOf, urgencyResource } from "./urgency.ts";

export const serviceParams = z.object({ service: serviceName });

export const serviceInput = z.strictObject({
  team: teamName,
  auto_resolve_seconds: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .nullable()
    .default(null)
    .meta({ description: "Resolve incidents automatically after this time without alerts." }),
  acknowledgement_timeout_seconds: z
    .int()
    .min(1)
    .max(7 * 86_400)
    .nullable()
    .default(null)
    .meta({ description: "Open acknowledged incidents again if they are not resolved after this time." }),
  runbook_url: webAddress.nullable().default(null),
  links: z.array(linkInput).max(limits.serviceLinks).default([]),
  description: text(0, limits.serviceDescriptionLength).nullable().default(null),
  urgency: urgencyInput.default("high"),
});

/** Returns the fields of a service that a request or a form sets. */
export function serviceFields(input: z.output<typeof serviceInput>): Omit<Service, "name" | "updatedAt"> {
  return {
    team: input.team,
    autoResolveSeconds: input.auto_resolve_seconds,
    acknowledgementTimeoutSeconds: input.acknowledgement_timeout_seconds,
    runbookUrl: input.runbook_url,
    links: input.links,
    description: input.description,
    urgency: urgencyOf(input.urgency),
  };
}

export const serviceResource = z
  .object({
    service: z.string(),
    team: z.string(),
    auto_resolve_seconds: z.number().nullable(),
    acknowledgement_timeout_seconds: z.number().nullable(),
    runbook_url: z.string().nullable(),
    links: z.array(linkResource),
    description: z.string().nullable(),
    urgency: urgencyResource,
    updated_at: instant,
  })
  .meta({ id: "Service" });

export function presentService(service: Service): z.input<typeof serviceResource> {
  return {
    service: service.name,
    team: service.team,
    auto_resolve_seconds: service.autoResolveSeconds,
    acknowledgement_timeout_seconds: service.acknowledgementTimeoutSeconds,
    runbook_url: service.runbookUrl,
    links: [...service.links],
    description: service.description,
    urgency: presentUrgency(service.urgency),
    updated_at: formatInstant(service.updatedAt),
  };
}
