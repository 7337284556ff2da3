import * as z from "zod";
import { type Suppressor, suppressorKinds } from "../../domain/alert.ts";
import type { Gap } from "../../domain/coverage.ts";
import type { EscalationStep } from "../../domain/escalation.ts";
import { limits } from "../../domain/limits.ts";
import type { AlertRoute } from "../../domain/routing.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, instantInput, instantOrNull, labels, serviceName, severityInput, text } from "../fields.ts";
import { presentGap } from "./coverage.ts";

export const simulationInput = z.strictObject({
  service: serviceName,
  severity: severityInput,
  message: text(0, limits.messageLength)
    .default("")
    .meta({ description: "What rules and silences look at too." }),
  source: text(1, limits.sourceLength).default("api"),
  labels: labels.default({}),
  dedup_key: text(1, limits.dedupKeyLength).nullable().default(null),
  at: instantInput.optional().meta({ description: "Now unless given." }),
  acknowledge_after_seconds: z
    .number()
    .min(0)
    .max(limits.shiftsDays * 86_400)
    .optional(),
});

export const simulationResource = z.object({
  service: z.string(),
  severity: z.enum(severities),
  team: z.string(),
  routing: z
    .object({
      rules: z.array(z.string()),
      service: z.string(),
      severity: z.enum(severities),
      dedup_key: z.string().nullable(),
      group: z.string().nullable(),
      dropped: z.boolean(),
    })
    .meta({ description: "The rules that it meets, and what they make of it." }),
  held_by: z
    .object({ kind: z.enum(suppressorKinds), id: z.string() })
    .nullable()
    .meta({
      description: "The silence that ends last before it pages, or the worse incident that hides it now.",
    }),
  pages_at: instant.nullable().meta({
    description: "When it pages if it still is the case; null for never, or until that incident is over.",
  }),
  at: instant,
  acknowledged_at: instant.nullable(),
  steps: z.array(
    z.object({
      at: instant,
      level: z.number(),
      pass: z.number(),
      pages: z.array(
        z.object({ name: z.string().nullable(), email: z.string(), channel: z.string(), why: z.string() }),
      ),
      next_at: instant.nullable(),
    }),
  ),
  fallback: z
    .object({ email: z.string(), at: instant })
    .nullable()
    .meta({ description: "Who is paged when the rules that remain reach nobody; null where they do." }),
  coverage_gaps: z.array(z.object({ start: instant, end: instant })),
});

export function presentSimulation(
  input: z.output<typeof simulationInput>,
  at: number,
  simulation: {
    readonly team: string;
    readonly alert: {
      readonly service: string;
      readonly severity: (typeof severities)[number];
      readonly dedupKey: string | null;
      readonly route?: AlertRoute;
    };
    readonly heldBy: Suppressor | null;
    readonly pagesAt: number | null;
    readonly fallbackAt: number | null;
    readonly steps: readonly (EscalationStep & { readonly at: number })[];
    readonly gaps: readonly Gap[];
  },
  fallbackEmail: string,
): z.input<typeof simulationResource> {
  const { service, severity, acknowledge_after_seconds: seconds } = input;
  const { alert, heldBy, pagesAt } = simulation;
  return {
    service,
    severity,
    team: simulation.team,
    routing: {
      rules: [...(alert.route?.rules ?? [])],
      service: alert.service,
      severity: alert.severity,
      dedup_key: alert.dedupKey,
      group: alert.route?.group?.key ?? null,
      dropped: alert.route?.dropped ?? false,
    },
    held_by: heldBy && { ...heldBy },
    pages_at: instantOrNull(pagesAt),
    at: formatInstant(at),
    acknowledged_at: instantOrNull(seconds === undefined ? null : (pagesAt ?? at) + seconds * 1_000),
    steps: simulation.steps.map((step) => ({
      at: formatInstant(step.at),
      ...step.position,
      pages: step.recipients.map((recipient) => ({ ...recipient, channel: "email" })),
      next_at: instantOrNull(step.nextAt),
    })),
    fallback:
      simulation.fallbackAt === null
        ? null
        : { email: fallbackEmail, at: formatInstant(simulation.fallbackAt) },
    coverage_gaps: simulation.gaps.map(presentGap),
  };
}
