import * as z from "zod";
import { redactedAddress } from "../../channels/address.ts";
import { type Suppressor, suppressorKinds } from "../../domain/alerts/alert.ts";
import type { AlertRoute } from "../../domain/alerts/alert-route.ts";
import { type Urgency, urgencies } from "../../domain/incidents/urgency-level.ts";
import { limits } from "../../domain/limits.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { type AnnouncedEvent, announcedEvents } from "../../domain/notifications/team-channel.ts";
import type { Gap } from "../../domain/oncall/coverage.ts";
import { type EscalationStep, passOfRound } from "../../domain/oncall/escalation.ts";
import { describeReason } from "../../domain/oncall/page-reason.ts";
import type { SimulatedPage } from "../../domain/oncall/simulated-page.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { channelResource } from "../channel.ts";
import { instant, instantInput, instantOrNull, labels, serviceName, severityInput, text } from "../fields.ts";
import { presentGap } from "./coverage.ts";

export const simulationInput = z.strictObject({
  service: serviceName,
  severity: severityInput,
  message: text(0, limits.messageLength)
    .default("")
    .meta({ description: "Additional fields that routing rules and silences can match." }),
  source: text(1, limits.sourceLength).default("api"),
  labels: labels.default({}),
  dedup_key: text(1, limits.dedupKeyLength).nullable().default(null),
  at: instantInput.optional().meta({ description: "Default: now." }),
  acknowledge_after_seconds: z
    .number()
    .min(0)
    .max(limits.shiftsDays * 86_400)
    .optional(),
});

const page = z
  .object({
    name: z.string().nullable(),
    email: z.string(),
    channel: channelResource,
    address: z.string(),
    contact_method_id: z.string(),
    delay_seconds: z.number(),
    at: instant,
    bundled: z
      .boolean()
      .meta({ description: "True if one message names it together with others, sent at that time." }),
    why: z.string(),
  })
  .meta({ description: "A message that is sent unless the incident is acknowledged first." });

export const simulationResource = z.object({
  service: z.string(),
  severity: z.enum(severities),
  team: z.string(),
  urgency: z.enum(urgencies).meta({
    description: "When it opens. Low notifies once, by the rules for low urgency.",
  }),
  raises_at: instant.nullable().meta({
    description:
      "Time at which hours make a low urgency high, and it pages from the first rule. Otherwise null.",
  }),
  routing: z
    .object({
      rules: z.array(z.string()),
      service: z.string(),
      severity: z.enum(severities),
      dedup_key: z.string().nullable(),
      group: z.string().nullable(),
      dropped: z.boolean(),
    })
    .meta({ description: "Matching rules and their effect." }),
  held_by: z
    .object({ kind: z.enum(suppressorKinds), id: z.string() })
    .nullable()
    .meta({
      description: "The last silence before it pages, or the more severe incident that suppresses it now.",
    }),
  pages_at: instant.nullable().meta({
    description:
      "Time of the page if the alert keeps firing; null if it never pages, or not before that incident is resolved.",
  }),
  at: instant,
  acknowledged_at: instant.nullable(),
  steps: z.array(
    z.object({
      at: instant,
      level: z.number(),
      pass: z.number(),
      urgency: z.enum(urgencies),
      pages: z.array(page),
      next_at: instant.nullable(),
    }),
  ),
  fallback: z
    .object({ email: z.string(), at: instant, pages: z.array(page) })
    .nullable()
    .meta({
      description: "Page of the fallback address if no remaining rule reaches anyone; otherwise null.",
    }),
  announcements: z
    .array(
      z.object({
        at: instant,
        event: z.enum(announcedEvents),
        channel: channelResource,
        address: z.string(),
      }),
    )
    .meta({ description: "Messages to the team's channels." }),
  resolved_at: instant
    .nullable()
    .meta({ description: "Time of automatic resolution unless another alert arrives." }),
  coverage_gaps: z.array(z.object({ start: instant, end: instant })),
});

interface Presentation {
  readonly fallbackEmail: string;
  /** Describes the reason of a page. */
  readonly describe?: typeof describeReason;
}

export function presentSimulation(
  input: z.output<typeof simulationInput>,
  at: number,
  simulation: {
    readonly team: string;
    readonly urgency: Urgency;
    readonly raisesAt: number | null;
    readonly alert: {
      readonly service: string;
      readonly severity: (typeof severities)[number];
      readonly dedupKey: string | null;
      readonly route?: AlertRoute;
    };
    readonly suppressedBy: Suppressor | null;
    readonly pagesAt: number | null;
    readonly fallback: { readonly at: number; readonly pages: readonly SimulatedPage[] } | null;
    readonly steps: readonly (EscalationStep & {
      readonly at: number;
      readonly urgency: Urgency;
      readonly pages: readonly SimulatedPage[];
    })[];
    readonly announcements: readonly {
      readonly at: number;
      readonly event: AnnouncedEvent;
      readonly channel: ContactMethod;
    }[];
    readonly resolvesAt: number | null;
    readonly gaps: readonly Gap[];
  },
  { fallbackEmail, describe = describeReason }: Presentation,
): z.input<typeof simulationResource> {
  const { service, severity, acknowledge_after_seconds: seconds } = input;
  const { alert, suppressedBy, pagesAt, fallback } = simulation;
  const present = (page: SimulatedPage) => presentPage(page, describe);
  return {
    service,
    severity,
    team: simulation.team,
    urgency: simulation.urgency,
    raises_at: instantOrNull(simulation.raisesAt),
    routing: {
      rules: [...(alert.route?.rules ?? [])],
      service: alert.service,
      severity: alert.severity,
      dedup_key: alert.dedupKey,
      group: alert.route?.group?.key ?? null,
      dropped: alert.route?.dropped ?? false,
    },
    held_by: suppressedBy && { ...suppressedBy },
    pages_at: instantOrNull(pagesAt),
    at: formatInstant(at),
    acknowledged_at: instantOrNull(seconds === undefined ? null : (pagesAt ?? at) + seconds * 1_000),
    steps: simulation.steps.map((step) => ({
      at: formatInstant(step.at),
      level: step.position.level,
      pass: passOfRound(step.position),
      urgency: step.urgency,
      pages: step.pages.map(present),
      next_at: instantOrNull(step.nextAt),
    })),
    fallback: fallback && {
      email: fallbackEmail,
      at: formatInstant(fallback.at),
      pages: fallback.pages.map(present),
    },
    announcements: simulation.announcements.map(({ at, event, channel: { channel, address } }) => ({
      at: formatInstant(at),
      event,
      channel,
      address: redactedAddress(channel, address),
    })),
    resolved_at: instantOrNull(simulation.resolvesAt),
    coverage_gaps: simulation.gaps.map(presentGap),
  };
}

function presentPage(
  { recipient: { name, email, reason }, method, delaySeconds, at, bundled }: SimulatedPage,
  describe: typeof describeReason,
): z.input<typeof page> {
  const { channel, address, id } = method;
  return {
    name,
    email,
    why: describe(reason),
    channel,
    address: redactedAddress(channel, address),
    contact_method_id: id,
    delay_seconds: delaySeconds,
    at: formatInstant(at),
    bundled,
  };
}
