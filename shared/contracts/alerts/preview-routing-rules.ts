import * as z from "zod";
import type { Alert } from "../../domain/alerts/alert.ts";
import type { RoutingRule } from "../../domain/alerts/routing.ts";
import { isDropped, isMatched, isMoved, type RoutedAlert } from "../../domain/alerts/routing-preview.ts";
import { limits } from "../../domain/limits.ts";
import { severities } from "../../domain/severity.ts";
import { defineContract } from "../contract.ts";
import { presentUrgency, urgencyResource } from "../oncall/services/urgency.ts";
import { examinedFields, presentExamined } from "./examined.ts";
import { rulesInput } from "./routing-input.ts";

const count = (description: string) => z.int().meta({ description });

const fieldsOfAlert = z.object({
  service: z.string(),
  team: z.string().nullable(),
  severity: z.enum(severities),
  dedup_key: z.string().nullable(),
  urgency: urgencyResource
    .nullable()
    .meta({ description: "Urgency of its incident; null for the service's." }),
});

export const previewRoutingRulesContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/routing-rules/preview",
  summary: "Preview routing rules",
  description: "Applies rules to the latest alerts without storing anything.",
  right: "read",
  body: z.strictObject({ rules: rulesInput }),
  status: 200,
  response: z.object({
    ...examinedFields,
    matched: count("Number of them that at least one rule matches."),
    dropped: count("Number of them that a rule drops."),
    moved: count("Number of them whose service or team changes."),
    rules: z
      .array(z.object({ name: z.string(), matched: z.int() }))
      .meta({ description: "In the order of the request." }),
    alerts: z
      .array(
        z.object({
          id: z.string(),
          message: z.string(),
          rules: z.array(z.string()).meta({ description: "Names of the matching rules." }),
          dropped: z.boolean(),
          before: fieldsOfAlert,
          after: fieldsOfAlert,
        }),
      )
      .meta({ description: `The latest matching alerts, at most ${limits.previewedAlerts}.` }),
  }),
});

/** @param alerts newest first */
export function presentRoutingPreview(
  rules: readonly RoutingRule[],
  { alerts, complete }: { readonly alerts: readonly RoutedAlert[]; readonly complete: boolean },
): z.input<typeof previewRoutingRulesContract.response> {
  const matched = alerts.filter(isMatched);
  return {
    ...presentExamined({ alerts: alerts.map(({ received }) => received), complete }),
    matched: matched.length,
    dropped: alerts.filter(isDropped).length,
    moved: alerts.filter(isMoved).length,
    rules: rules.map(({ name }) => ({
      name,
      matched: matched.filter(({ routed }) => routed.route?.rules.includes(name)).length,
    })),
    alerts: matched.slice(0, limits.previewedAlerts).map((alert) => ({
      id: alert.received.id,
      message: alert.received.message,
      rules: [...(alert.routed.route?.rules ?? [])],
      dropped: isDropped(alert),
      before: presentFields(alert.received),
      after: presentFields(alert.routed),
    })),
  };
}

function presentFields({ service, team, severity, dedupKey, route }: Alert): z.input<typeof fieldsOfAlert> {
  const urgency = route?.urgency ? presentUrgency(route.urgency) : null;
  return { service, team: team ?? null, severity, dedup_key: dedupKey, urgency };
}
