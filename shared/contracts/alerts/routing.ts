import * as z from "zod";
import type { Routing } from "../../domain/alerts/routing.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";
import { presentUrgency, urgencyResource } from "../oncall/services/urgency.ts";
import { matcherResource } from "./matcher.ts";

export const routingResource = z
  .object({
    rules: z.array(
      z.object({
        name: z.string(),
        matchers: z.array(matcherResource),
        service: z.string().nullable(),
        team: z.string().nullable(),
        severity: z.enum(severities).nullable(),
        urgency: urgencyResource.nullable(),
        dedup_key: z.string().nullable(),
        drop: z.boolean(),
        group: z.object({ by: z.array(z.string()), window_seconds: z.number() }).nullable(),
        inhibited_by: z.enum(severities).nullable(),
        flapping: z.object({ swings: z.number(), window_seconds: z.number() }).nullable(),
        continue: z.boolean(),
      }),
    ),
    version: z.number().meta({ description: "Increases by one with each change; 0 before the first." }),
    in_force_from: instant
      .nullable()
      .meta({ description: "The rules apply to alerts received from this time on." }),
  })
  .meta({ id: "RoutingRules" });

export function presentRouting({ rules, version, inForceFrom }: Routing): z.input<typeof routingResource> {
  return {
    rules: rules.map(({ urgency, dedupKey, group, inhibitedBy, flapping, continues, matchers, ...rest }) => ({
      ...rest,
      matchers: matchers.map((each) => ({ ...each })),
      urgency: urgency && presentUrgency(urgency),
      dedup_key: dedupKey,
      group: group && { by: [...group.by], window_seconds: group.windowSeconds },
      inhibited_by: inhibitedBy,
      flapping: flapping && { swings: flapping.swings, window_seconds: flapping.windowSeconds },
      continue: continues,
    })),
    version,
    in_force_from: version === 0 ? null : formatInstant(inForceFrom),
  };
}
