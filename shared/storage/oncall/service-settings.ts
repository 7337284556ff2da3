import * as z from "zod";
import type { ServiceSettings } from "../../domain/oncall/service.ts";

/** Attributes of services and of their incidents. */
export const serviceSettings = {
  autoResolveSeconds: z.number().nullable(),
  acknowledgementTimeoutSeconds: z.number().nullable().exactOptional(),
} satisfies { readonly [Name in keyof ServiceSettings]: z.ZodType<ServiceSettings[Name]> };
