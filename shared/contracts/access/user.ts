import * as z from "zod";
import type { NotificationRule, User } from "../../domain/access/contact.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { email, id, instant, text } from "../fields.ts";
import { timezone } from "../oncall/local.ts";
import {
  contactMethodShape,
  personalMethodResource,
  presentPersonalMethod,
  refuseRepeatedMethods,
  withAddress,
} from "./contact-method.ts";

export const userParams = z.object({ email });

const verifiedAtInput = z
  .string()
  .nullable()
  .optional()
  .meta({ description: "Ignored. A new or changed address is not verified." });

const rulesInput = z
  .array(
    z.strictObject({
      contact_method_id: id,
      delay_seconds: z.int().min(0).max(limits.notificationDelaySeconds),
    }),
  )
  .max(limits.notificationRules)
  .default([]);

export const userInput = z
  .strictObject({
    name: text(1, limits.personNameLength),
    timezone: timezone.default("UTC"),
    contact_methods: z
      .array(z.strictObject({ ...contactMethodShape, verified_at: verifiedAtInput }).transform(withAddress))
      .max(limits.contactMethods)
      .superRefine(refuseRepeatedMethods)
      .default([])
      .meta({ description: "In order of preference. Without any, the person is paged by email." }),
    notification_rules: rulesInput.meta({
      description:
        "Delay of each contact method, counted from the page. Acknowledging stops them. Without rules, the first method is used immediately.",
    }),
    low_urgency_rules: rulesInput.meta({
      description: "Rules for incidents of low urgency. Without rules, email is used immediately.",
    }),
  })
  .superRefine(({ contact_methods, ...lists }, context) => {
    const known = new Set(contact_methods.map((method) => method.id));
    for (const list of ["notification_rules", "low_urgency_rules"] as const) {
      for (const [index, { contact_method_id }] of lists[list].entries()) {
        if (known.has(contact_method_id)) continue;
        const path = [list, index, "contact_method_id"];
        context.addIssue({ code: "custom", path, message: "must be the id of one of the contact_methods" });
      }
    }
  });

export function userOf(address: string, input: z.output<typeof userInput>, now: number): User {
  return {
    email: address,
    name: input.name,
    timezone: input.timezone,
    contactMethods: input.contact_methods.map(({ id, channel, address }) => ({ id, channel, address })),
    notificationRules: rulesOf(input.notification_rules),
    lowUrgencyRules: rulesOf(input.low_urgency_rules),
    updatedAt: now,
  };
}

function rulesOf(input: z.output<typeof rulesInput>): NotificationRule[] {
  return input.map(({ contact_method_id: contactMethodId, delay_seconds: delaySeconds }) => ({
    contactMethodId,
    delaySeconds,
  }));
}

const rulesResource = z.array(z.object({ contact_method_id: z.string(), delay_seconds: z.number() }));

export const userResource = z
  .object({
    email: z.string(),
    name: z.string(),
    timezone: z.string(),
    contact_methods: z.array(personalMethodResource),
    notification_rules: rulesResource,
    low_urgency_rules: rulesResource,
    updated_at: instant,
  })
  .meta({ id: "User" });

export function presentUser(user: User): z.input<typeof userResource> {
  return {
    email: user.email,
    name: user.name,
    timezone: user.timezone,
    contact_methods: user.contactMethods.map(presentPersonalMethod),
    notification_rules: presentRules(user.notificationRules),
    low_urgency_rules: presentRules(user.lowUrgencyRules),
    updated_at: formatInstant(user.updatedAt),
  };
}

function presentRules(rules: readonly NotificationRule[]): z.input<typeof rulesResource> {
  return rules.map(({ contactMethodId, delaySeconds }) => ({
    contact_method_id: contactMethodId,
    delay_seconds: delaySeconds,
  }));
}
