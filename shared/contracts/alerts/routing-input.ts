/** Routing rules on their way in. */
import * as z from "zod";
import { type RoutingRule, unknownPlaceholders } from "../../domain/alerts/routing.ts";
import { limits } from "../../domain/limits.ts";
import { serviceName, severityInput, teamName, text, weighingAtMost } from "../fields.ts";
import { alertField, areMatchedSoon, matchersInput } from "./matcher-input.ts";

const windowSeconds = z.int().min(1).max(limits.ruleWindowSeconds);

const template = text(1, limits.messageLength)
  .superRefine((value, context) => {
    for (const field of unknownPlaceholders(value))
      context.addIssue({ code: "custom", message: `{{${field}}} is nothing that an alert has` });
  })
  .meta({ examples: ["{{labels.cluster}}/{{labels.alertname}}"] });

const rule = z.strictObject({
  name: text(1, limits.ruleNameLength),
  matchers: matchersInput
    .default([])
    .meta({ description: "All of them must hold; without any, every alert is met." }),
  service: serviceName.nullable().default(null),
  team: teamName.nullable().default(null),
  severity: severityInput.nullable().default(null),
  dedup_key: template.nullable().default(null),
  drop: z.boolean().default(false),
  group: z
    .strictObject({ by: z.array(alertField).max(limits.groupFields), window_seconds: windowSeconds })
    .nullable()
    .default(null)
    .meta({ description: "Alerts that agree in these fields join one incident." }),
  inhibited_by: severityInput
    .nullable()
    .default(null)
    .meta({ description: "It waits while an incident of its service that is as bad as this is unresolved." }),
  flapping: z
    .strictObject({ swings: z.int().min(1).max(limits.flapSwings), window_seconds: windowSeconds })
    .nullable()
    .default(null)
    .meta({ description: "After so many swings within the window, one incident stays through the others." }),
  continue: z.boolean().default(false).meta({ description: "Whether the rules after it are asked too." }),
});

export const rulesInput = z
  .array(rule)
  .max(limits.routingRules)
  .superRefine((rules, context) => {
    const names = rules.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const message = "must differ from the other rules'";
      context.addIssue({ code: "custom", path: [index, "name"], message });
    }
  })
  .refine(...weighingAtMost(limits.routingBytes))
  .refine(
    (rules) =>
      areMatchedSoon(
        rules.flatMap(({ matchers }) => matchers),
        limits.routingPatternSteps,
      ),
    "repeat so much in their regular expressions that matching all of them would take too long",
  );

export function ruleOf(input: z.output<typeof rule>): RoutingRule {
  const { name, matchers, service, team, severity, drop, group, flapping } = input;
  return {
    name,
    matchers,
    service,
    team,
    severity,
    dedupKey: input.dedup_key,
    drop,
    group: group && { by: group.by, windowSeconds: group.window_seconds },
    inhibitedBy: input.inhibited_by,
    flapping: flapping && { swings: flapping.swings, windowSeconds: flapping.window_seconds },
    goOn: input.continue,
  };
}
