import * as z from "zod";
import type { Incident } from "../../domain/incidents/incident.ts";
import { urgencies } from "../../domain/incidents/urgency-level.ts";
import { personSchema } from "../../messages/incident-changed.ts";
import { urgencySchema } from "../../messages/wire/urgency.ts";

type Field =
  | "lastPass"
  | "reopenedAt"
  | "statusSince"
  | "snoozedUntil"
  | "acknowledgementExpiresAt"
  | "mergedInto"
  | "mergedCount"
  | "mergedFiring"
  | "responders"
  | "urgency"
  | "raisesAt"
  | "urgencySetting"
  | "urgencyChosen"
  | "links";

/** Attributes that most incidents don't have, so that their items stay small. */
export const lifecycleFields = {
  lastPass: z.number().exactOptional(),
  reopenedAt: z.number().exactOptional(),
  statusSince: z.object({ at: z.number(), by: z.string().nullable() }).exactOptional(),
  snoozedUntil: z.number().exactOptional(),
  acknowledgementExpiresAt: z.number().exactOptional(),
  mergedInto: z.string().exactOptional(),
  mergedCount: z.number().exactOptional(),
  mergedFiring: z.array(z.string()).exactOptional(),
  responders: z
    .array(personSchema.extend({ askedAt: z.number(), answeredAt: z.number().nullable() }))
    .exactOptional(),
  urgency: z.enum(urgencies).exactOptional(),
  raisesAt: z.number().exactOptional(),
  urgencySetting: urgencySchema.exactOptional(),
  urgencyChosen: z.literal(true).exactOptional(),
  links: z.array(z.object({ text: z.string(), href: z.string() })).exactOptional(),
} satisfies { readonly [Name in Field]: z.ZodType<Incident[Name]> };
