/** The fields of an alert in a payload that nobody has described: by their usual names, or where a mapping says. */
import * as z from "zod";
import { alertActions } from "../domain/alert.ts";
import { parseSeverity, type Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { MonitoringEvent } from "./integration-type.ts";

export const fields = [
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

/** A path like `$.alert.title` or `alert.rules.0.name` for each field that stands elsewhere than usual. */
export type Mapping = Partial<Readonly<Record<Field, string>>>;

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
  triggered: "trigger",
  firing: "trigger",
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

/** What a word asks for, whatever its case; undefined if it is none of that kind. */
export function actionOf(word: string): MonitoringEvent["action"] | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(actions, lower) ? actions[lower] : undefined;
}

/** What says something that nobody knows is not thrown away for it. */
export function severityOf(text: string | undefined): Severity {
  return parseSeverity(text ?? "") ?? "high";
}

/** Each absent where there is nothing of the kind. */
export interface NamedFields {
  readonly message: string | undefined;
  readonly severity: string | undefined;
  readonly dedupKey: string | undefined;
  readonly action: MonitoringEvent["action"] | undefined;
  readonly service: string | undefined;
  readonly source: string | undefined;
  /** Epoch milliseconds. */
  readonly timestamp: number | undefined;
  readonly labels: Readonly<Record<string, unknown>>;
}

const scalar = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);

export function namedFields(payload: unknown, mapping: Mapping = {}): NamedFields {
  const find = (field: Field): unknown => {
    const paths = mapping[field] === undefined ? usual[field] : [mapping[field]];
    return paths.map((each) => valueAt(payload, each)).find((value) => value !== undefined && value !== null);
  };
  const text = (field: Field): string | undefined => scalar.safeParse(find(field)).data;
  const labels = find("labels");
  return {
    message: text("message"),
    severity: text("severity"),
    dedupKey: text("dedup_key"),
    action: actionOf(text("action") ?? ""),
    service: text("service"),
    source: text("source"),
    timestamp: parseInstant(text("timestamp") ?? ""),
    labels: typeof labels === "object" && labels !== null ? { ...labels } : {},
  };
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
