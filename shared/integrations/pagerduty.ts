/** PagerDuty's Events API v2 with change events, and v1, all with the same key. */
import * as z from "zod";
import { Invalid } from "../domain/errors.ts";
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import { keyInBody } from "./common/keys.ts";
import { withClientLabels } from "./common/labels.ts";
import { read } from "./common/read.ts";
import type { Inbound, IntegrationType, Refuse, Route } from "./integration-type.ts";

const keyLength = 32;
const dedupKeyLength = 255;
/** Prefix of details whose name is a field of the event. */
const detailPrefix = "details_";

/** Numbers and booleans are converted to text. */
const readable = z.union([z.string(), z.number(), z.boolean()], "is missing or blank").transform(String);
/** An optional field of a wrong type does not reject the event. */
const text = readable.nullish().catch(undefined);
const required = readable.pipe(z.string().regex(/\S/, "is missing or blank"));
const dedupKey = readable.pipe(z.string().max(dedupKeyLength, `may have ${dedupKeyLength} characters`));
const details = z
  .union([
    z.null().transform(() => ({})),
    z.record(z.string(), z.unknown()),
    z.unknown().transform((value) => ({ details: value })),
  ])
  .optional();
const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
const lowerCase = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);

/** A key that is neither text nor a number is ignored, and the trigger gets a generated one. */
const optionalKey = z.preprocess((value) => (isScalar(value) ? value : undefined), dedupKey.optional());

const severities = ["critical", "error", "warning", "info"] as const;
const severityOf: Readonly<Record<(typeof severities)[number], Severity>> = {
  critical: "critical",
  error: "high",
  warning: "medium",
  info: "low",
};

const sender = {
  client: text,
  client_url: text,
  links: z.unknown().optional(),
  images: z.unknown().optional(),
};
const payload = z.object({
  summary: required,
  source: required,
  severity: z.preprocess(lowerCase, z.enum(severities, `must be one of ${severities.join(", ")}`)),
  timestamp: text,
  component: text,
  group: text,
  class: text,
  custom_details: details,
});

const event = z.discriminatedUnion(
  "event_action",
  [
    z.object({ event_action: z.literal("trigger"), payload, dedup_key: optionalKey, ...sender }),
    z.object({
      event_action: z.enum(["acknowledge", "resolve"]),
      // Resolve events need no details, so invalid ones are dropped.
      payload: payload.partial().nullish().catch(undefined),
      dedup_key: dedupKey.pipe(z.string().min(1, "is missing or blank")),
      ...sender,
    }),
  ],
  { error: "must be one of trigger, acknowledge, resolve" },
);

const change = z.object({
  payload: z.object({
    summary: required,
    source: text,
    timestamp: text,
    custom_details: details,
  }),
  links: z
    .array(z.object({ href: z.string(), text }).nullable().catch(null))
    .nullish()
    .catch(undefined),
});

const eventTypes = ["trigger", "acknowledge", "resolve"] as const;
const eventOfV1 = z
  .object({
    event_type: z.enum(eventTypes, `must be one of ${eventTypes.join(", ")}`),
    incident_key: optionalKey,
    description: text,
    details,
    client: text,
    client_url: text,
    contexts: z.unknown().optional(),
  })
  .superRefine(({ event_type, description, incident_key }, refinement) => {
    if (event_type === "trigger" ? !description?.trim() : !incident_key) {
      const missing = event_type === "trigger" ? "description" : "incident_key";
      refinement.addIssue({ code: "custom", path: [missing], message: "is missing or blank" });
    }
  });

/**
 * Reads the key from a body field, or from the header that pdpyras sends.
 *
 * @throws Invalid for a key of the wrong length, with PagerDuty's message
 */
function keyOf(field: string, header?: string): NonNullable<Route["key"]> {
  const inBody = keyInBody(field);
  return (inbound: Inbound) => {
    const key = inBody(inbound) || (header && inbound.headers.get(header)?.trim());
    if (key?.length === keyLength) return key;
    const message = `Length of '${field}' is incorrect (should be ${keyLength} characters)`;
    throw new Invalid([{ path: "", message }], message);
  };
}

/** Maps statuses to PagerDuty's: any invalid event is 400. */
function refuseWith(statuses: Readonly<Record<number, number>>): Refuse {
  return ({ status, message, faults }) => {
    const texts = faults.map((fault) =>
      fault.path === "" ? fault.message : `'${fault.path}' ${fault.message}`,
    );
    return {
      status: statuses[status] ?? status,
      body: {
        status: status === 429 ? "throttle exceeded" : status >= 500 ? "unavailable" : "invalid event",
        message: status === 422 || status === 400 ? "Event object is invalid" : message,
        errors: texts.length > 0 ? texts : [message],
      },
    };
  };
}

const processed = { status: "success", message: "Event processed" };

export const pagerduty = {
  title: "PagerDuty Events",
  url: "/v2/enqueue",
  setUp: `# Alertmanager
pagerduty_configs:
  - url: {url}
    routing_key: {key}`,
  requestsPerMinute: 120,
  refuse: refuseWith({ 401: 400, 422: 400 }),
  routes: [
    {
      method: "POST",
      path: "/v2/enqueue",
      key: keyOf("routing_key", "x-routing-key"),
      async handle({ json }, context) {
        const { event_action: action, payload, dedup_key, ...sender } = read(event, json());
        const dedupKey = dedup_key || context.ulid();
        const { summary, severity, timestamp, custom_details, ...rest } = payload ?? {};
        await context.take([
          {
            action,
            dedupKey,
            message: summary ?? "",
            severity: severityOf[severity ?? "info"],
            source: sender.client ?? undefined,
            timestamp: parseInstant(timestamp ?? ""),
            labels: withClientLabels({ ...rest, ...sender }, custom_details ?? {}, detailPrefix),
          },
        ]);
        return { status: 202, body: { ...processed, dedup_key: dedupKey } };
      },
    },
    {
      method: "POST",
      path: "/v2/change/enqueue",
      key: keyOf("routing_key", "x-routing-key"),
      async handle({ json }, context) {
        const { payload, links } = read(change, json());
        const { summary, source, timestamp, custom_details } = payload;
        await context.noteChange({
          summary,
          source: source ?? null,
          timestamp: parseInstant(timestamp ?? ""),
          links: (links ?? []).flatMap((link) =>
            link ? [{ href: link.href, text: link.text ?? null }] : [],
          ),
          details: custom_details ?? {},
        });
        return { status: 202, body: { status: "success", message: "Change event processed" } };
      },
    },
    {
      method: "POST",
      path: "/generic/2010-04-15/create_event.json",
      key: keyOf("service_key"),
      refuse: refuseWith({ 401: 400, 422: 400, 429: 403 }),
      async handle({ json }, context) {
        const { event_type: action, incident_key, description, details, ...sender } = read(eventOfV1, json());
        const dedupKey = incident_key || context.ulid();
        await context.take([
          {
            action,
            dedupKey,
            message: description ?? "",
            // v1 has no severity, so triggers are high.
            severity: action === "trigger" ? "high" : "low",
            source: sender.client ?? undefined,
            labels: withClientLabels(sender, details ?? {}, detailPrefix),
          },
        ]);
        return { status: 200, body: { ...processed, incident_key: dedupKey } };
      },
    },
  ],
} satisfies IntegrationType;
