/** Urgency of services and routing rules, in requests and responses. */
import * as z from "zod";
import { type UrgencySetting, urgencyChoices } from "../../../domain/incidents/urgency.ts";
import { limits } from "../../../domain/limits.ts";
import { timezone } from "../local.ts";
import {
  presentRestriction,
  restrictionOf,
  restrictionResource,
  restrictionsInput,
} from "../schedules/restriction.ts";

const choice = z.enum(urgencyChoices);

export const urgencyInput = z
  .union(
    [
      choice,
      z.strictObject({
        timezone,
        hours: restrictionsInput(limits.urgencyHours, "hours").min(1, "must have at least one"),
        inside: choice,
        outside: choice,
        raise: z.boolean().default(false),
      }),
    ],
    `must be one of ${urgencyChoices.join(", ")}, or an object with timezone, hours, inside and outside`,
  )
  .meta({
    description:
      "High pages people until someone acknowledges, low notifies them once. `by_severity` is high for critical and " +
      "high severity. Hours have an urgency inside and one outside of them; `raise` makes open incidents high when " +
      "the hours do.",
  });

export function urgencyOf(input: z.output<typeof urgencyInput>): UrgencySetting {
  return typeof input === "string" ? input : { ...input, hours: input.hours.map(restrictionOf) };
}

export const urgencyResource = z.union([
  choice,
  z.object({
    timezone: z.string(),
    hours: z.array(restrictionResource),
    inside: choice,
    outside: choice,
    raise: z.boolean(),
  }),
]);

export function presentUrgency(setting: UrgencySetting): z.input<typeof urgencyResource> {
  return typeof setting === "string" ? setting : { ...setting, hours: setting.hours.map(presentRestriction) };
}
