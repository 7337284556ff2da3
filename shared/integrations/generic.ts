/** Anything that can post JSON: each field of an alert stands where the mapping says. */
import * as z from "zod";
import { alertActions } from "../domain/alert.ts";
import { parseSeverity, type Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationType, MonitoringEvent } from "./integration-type.ts";
import { read } from "./read.ts";

const fields = [
  "message",
  "severity",
  "dedup_key",
  "action",
  "service",
  "source",
  "timestamp",
  "labels",
] as const;
type Field = (typeof fields)[number];

/** `$.alert.title`, `alert.rules.0.name`: at most 16 names of 64 characters. */
const path = z
  .string()
  .max(1_024)
  .regex(/^(\$\.)?[^.\s]{1,64}(\.[^.\s]{1,64}){0,15}$/, "must be a path like $.alert.title");

const settings = z.strictObject({ mapping: z.partialRecord(z.enum(fields), path).default({}) });

/** Where each field is looked for unless the mapping says otherwise; the first that is there is taken. */
const usual: Readonly<Record<Field, readonly string[]>> = {
  message: ["message", "title", "summary", "text", "msg", "description"],
  severity: ["severity", "priority", "level"],
  dedup_key: ["dedup_key", "dedupKey", "alias", "id"],
  action: ["action", "event_action", "status", "state"],
  // Whose alerts they are, the integration says: only who maps the field gives that away.
  service: [],
  source: ["source", "host", "hostname"],
  timestamp: ["timestamp", "time"],
  labels: ["labels", "tags", "details"],
};

const actions: Readonly<Record<string, MonitoringEvent["action"]>> = {
  ...Object.fromEntries(alertActions.map((action) => [action, action])),
  acknowledged: "acknowledge",
  ack: "acknowledge",
  resolved: "resolve",
  recovery: "resolve",
  recovered: "resolve",
  ok: "resolve",
  up: "resolve",
  close: "resolve",
  closed: "resolve",
};

const body = z.record(z.string(), z.unknown(), "must be an object");
const scalar = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);

export const generic = {
  title: "Generic JSON",
  url: "/integrations/{key}",
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      async answer(inbound, desk) {
        const { mapping } = settings.parse(desk.integration.settings);
        const event = eventOf(read(body, inbound.json()), mapping);
        const [alertId] = await desk.take([event]);
        return { status: 202, body: { status: "accepted", alert_id: alertId, dedup_key: event.dedupKey } };
      },
    },
  ],
  refuse: ({ status, code, message, faults, requestId }) => ({
    status,
    body: { status: "refused", code, message, errors: faults, request_id: requestId },
  }),
} satisfies IntegrationType;

function eventOf(
  payload: Readonly<Record<string, unknown>>,
  mapping: Partial<Readonly<Record<Field, string>>>,
): MonitoringEvent {
  const find = (field: Field): unknown => {
    const paths = mapping[field] === undefined ? usual[field] : [mapping[field]];
    return paths.map((each) => valueAt(payload, each)).find((value) => value !== undefined && value !== null);
  };
  const text = (field: Field): string | undefined => scalar.safeParse(find(field)).data;
  const message = read(
    z.string("nothing in the body says what happened: message, or what the mapping names"),
    text("message"),
    "message",
  );
  const labels = find("labels");
  return {
    message,
    severity: severityOf(text("severity")),
    dedupKey: text("dedup_key") ?? null,
    action: actions[text("action")?.toLowerCase() ?? ""] ?? "trigger",
    service: text("service"),
    source: text("source"),
    timestamp: parseInstant(text("timestamp") ?? ""),
    labels: typeof labels === "object" && labels !== null ? { ...labels } : {},
  };
}

/** What says something that nobody knows is not thrown away for it. */
function severityOf(text: string | undefined): Severity {
  return parseSeverity(text ?? "") ?? "high";
}

function valueAt(payload: unknown, dotted: string): unknown {
  return dotted
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      payload,
    );
}
