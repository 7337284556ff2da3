/** Routing rules in requests. */
import * as z from "zod";
import { type RoutingRule, unknownPlaceholders } from "../../domain/alerts/routing.ts";
import { limits } from "../../domain/limits.ts";
import { serviceName, severityInput, teamName, text, weighingAtMost } from "../fields.ts";
import { urgencyInput, urgencyOf } from "../oncall/services/urgency.ts";
import { alertField, checkPatterns, matchersInput } from "./matcher-input.ts";

const windowSeconds = z.int().min(1).max(limits.ruleWindowSeconds);

const template = text(1, limits.messageLength)
  .superRefine((value, context) => {
    for (const field of unknownPlaceholders(value))
      context.addIssue({ code: "custom", message: `{{${field}}} is not a field of alerts` });
  })
  .meta({ examples: ["{{labels.cluster}}/{{labels.alertname}}"] });

const rule = z.strictObject({
  name: text(1, limits.ruleNameLength),
  matchers: matchersInput
    .default([])
    .meta({ description: "All must match. Without any, every alert matches." }),
  service: serviceName.nullable().default(null),
  team: teamName.nullable().default(null),
  severity: severityInput.nullable().default(null),
  urgency: urgencyInput
    .nullable()
    .default(null)
    .meta({ description: "Urgency of the incidents that its alerts open, instead of their service's." }),
  dedup_key: template.nullable().default(null),
  drop: z.boolean().default(false),
  group: z
    .strictObject({ by: z.array(alertField).max(limits.groupFields), window_seconds: windowSeconds })
    .nullable()
    .default(null)
    .meta({ description: "Alerts with equal values in these fields join one incident." }),
  inhibited_by: severityInput.nullable().default(null).meta({
    description:
      "Suppresses the alert while its service has an unresolved incident of at least this severity.",
  }),
  flapping: z
    .strictObject({ swings: z.int().min(1).max(limits.flapSwings), window_seconds: windowSeconds })
    .nullable()
    .default(null)
    .meta({
      description: "After this many flaps within the window, the incident stays open through further flaps.",
    }),
  continue: z.boolean().default(false).meta({ description: "True to evaluate later rules too." }),
});

export const rulesInput = z
  .array(rule)
  .max(limits.routingRules)
  .superRefine((rules, context) => {
    const names = rules.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const message = "must be unique";
      context.addIssue({ code: "custom", path: [index, "name"], message });
    }
  })
  .refine(...weighingAtMost(limits.routingBytes))
  .superRefine((rules, context) =>
    checkPatterns(
      rules.flatMap(({ matchers }, rule) =>
        matchers.map((matcher, index) => ({ matcher, path: [rule, "matchers", index] })),
      ),
      { length: limits.routingPatternLength, steps: limits.routingPatternSteps },
      context,
    ),
  );

export function ruleOf(input: z.output<typeof rule>): RoutingRule {
  const { name, matchers, service, team, severity, drop, group, flapping } = input;
  return {
    name,
    matchers,
    service,
    team,
    severity,
    urgency: input.urgency && urgencyOf(input.urgency),
    dedupKey: input.dedup_key,
    drop,
    group: group && { by: group.by, windowSeconds: group.window_seconds },
    inhibitedBy: input.inhibited_by,
    flapping: flapping && { swings: flapping.swings, windowSeconds: flapping.window_seconds },
    continues: input.continue,
  };
}
