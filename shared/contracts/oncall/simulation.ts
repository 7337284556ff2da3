import * as z from "zod";
import type { Gap } from "../../domain/coverage.ts";
import type { EscalationStep } from "../../domain/escalation.ts";
import { limits } from "../../domain/limits.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, instantInput, instantOrNull, serviceName, severityInput } from "../fields.ts";
import { presentGap } from "./coverage.ts";

export const simulationInput = z.object({
  service: serviceName,
  severity: severityInput,
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
    .object({ email: z.string() })
    .nullable()
    .meta({ description: "Who is paged because nobody is on call at any level; null where somebody is." }),
  coverage_gaps: z.array(z.object({ start: instant, end: instant })),
});

export function presentSimulation(
  input: z.output<typeof simulationInput>,
  at: number,
  simulation: {
    readonly team: string;
    readonly fallback: boolean;
    readonly steps: readonly (EscalationStep & { readonly at: number })[];
    readonly gaps: readonly Gap[];
  },
  fallbackEmail: string,
): z.input<typeof simulationResource> {
  const { service, severity, acknowledge_after_seconds: seconds } = input;
  return {
    service,
    severity,
    team: simulation.team,
    at: formatInstant(at),
    acknowledged_at: instantOrNull(seconds === undefined ? null : at + seconds * 1_000),
    steps: simulation.steps.map((step) => ({
      at: formatInstant(step.at),
      ...step.position,
      pages: step.recipients.map((recipient) => ({ ...recipient, channel: "email" })),
      next_at: instantOrNull(step.nextAt),
    })),
    fallback: simulation.fallback ? { email: fallbackEmail } : null,
    coverage_gaps: simulation.gaps.map(presentGap),
  };
}
