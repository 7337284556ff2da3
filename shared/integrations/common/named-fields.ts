/** Extracts the fields of an alert from arbitrary JSON: by common names, or by a mapping. */
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import type { Severity } from "../../domain/severity.ts";
import { parseInstant } from "../../domain/time.ts";
import { actionOf } from "./action-names.ts";
import { severityNamed } from "./severity-names.ts";

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

/** A path like `$.alert.title` or `alert.rules.0.name` for each field that is not at a common place. */
export type Mapping = Partial<Readonly<Record<Field, string>>>;

/** Text fields. Those not used as the message become labels. */
const texts = ["message", "title", "summary", "text", "msg", "description", "subject"];

/** Common names of each field, used unless the mapping sets one. The first with a usable value wins. */
const usual: Readonly<Record<Field, readonly string[]>> = {
  message: [...texts, "name", "rule_name", "alertRule"],
  severity: ["severity", "priority", "level", "urgency", "alert_type", "type", "state", "status", "action"],
  dedup_key: [
    ...["dedup_key", "dedupKey", "alias", "incident_key", "fingerprint", "issue_id", "incident_id", "id"],
  ],
  action: [
    ...["action", "event_action", "status", "state", "current_state", "alert_transition", "monitorCondition"],
  ],
  // The integration defines the service, unless the mapping sets it explicitly.
  service: [],
  source: ["source", "host", "hostname", "host.name"],
  timestamp: ["timestamp", "time", "date", "created_at", "createdAt", "started_at"],
  labels: ["labels", "tags", "details"],
};

/** Objects that contain the alert, used by Sentry, Google Cloud, Azure and others. */
const envelopes = [
  ...["payload", "alert", "incident", "event", "problem", "data"],
  ...["data.event", "data.issue", "data.metric_alert", "data.essentials", "data.attributes"],
];

/** Fields with a kind of notification, which is more precise than a state: Nagios, Icinga and Checkmk. */
const kinds = ["notification_type", "type"];
const kindPattern = /^\s*(problem|recovery|acknowledge?ment)\s*$/i;

/**
 * Fields with a severity or the end of a problem: Kapacitor's `"level": "OK"`, apprise's `"type": "success"`.
 */
const severityOrEnd = ["severity", "level", "alert_type", "type"];
/**
 * Fields that a mapping may use as severity, and whose `normal` is a level of importance: Datadog's
 * `priority`.
 */
const importance = /(^|\.)(priority|urgency)$/i;

/** Extracted fields; undefined if not found. */
interface NamedFields {
  readonly message: string | undefined;
  readonly severity: Severity | undefined;
  readonly dedupKey: string | undefined;
  readonly action: MonitoringEvent["action"] | undefined;
  readonly service: string | undefined;
  readonly source: string | undefined;
  /** Epoch milliseconds. */
  readonly timestamp: number | undefined;
  readonly labels: Readonly<Record<string, unknown>>;
}

export function namedFields(payload: unknown, mapping: Mapping = {}): NamedFields {
  const outer = fieldsIn(payload, mapping);
  if (outer.message !== undefined) return outer;
  const all = [outer, ...envelopes.map((path) => fieldsIn(valueAt(payload, path), {}))];
  const first = <Name extends keyof NamedFields>(name: Name): NamedFields[Name] | undefined =>
    all.map((found) => found[name]).find((value) => value !== undefined);
  return {
    message: first("message"),
    severity: first("severity"),
    dedupKey: first("dedupKey"),
    action: first("action"),
    service: outer.service,
    source: first("source"),
    timestamp: first("timestamp"),
    labels: joined(all.map(({ labels }) => labels)),
  };
}

function fieldsIn(payload: unknown, mapping: Mapping): NamedFields {
  const first = <T>(paths: readonly string[], use: (value: unknown) => T | undefined): T | undefined => {
    for (const path of paths) {
      const used = use(valueAt(payload, path));
      if (used !== undefined) return used;
    }
    return undefined;
  };
  const pathsOf = (field: Field): readonly string[] =>
    mapping[field] === undefined ? usual[field] : [mapping[field]];
  // Events without a message are rejected, so the common names are tried if the mapping finds nothing.
  const messagePaths = [...new Set([...pathsOf("message"), ...usual.message])];
  const message = first(messagePaths, filledText) ?? first(messagePaths, scalarText);
  return {
    message,
    severity: first(pathsOf("severity"), (value) => severityNamed(keyText(value) ?? "")),
    dedupKey: first(pathsOf("dedup_key"), keyText),
    action:
      (mapping.action === undefined ? first(kinds, (value) => wordOf(value, kindPattern)) : undefined) ??
      first(pathsOf("action"), statedAction) ??
      first(mapping.severity === undefined ? severityOrEnd : severityOrEndAt(mapping.severity), endOf),
    service: first(pathsOf("service"), keyText),
    source: first(pathsOf("source"), keyText),
    timestamp: first(pathsOf("timestamp"), instantOf),
    labels: labelsIn(payload, pathsOf("labels"), message),
  };
}

function filledText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function keyText(value: unknown): string | undefined {
  return typeof value === "number" ? String(value) : filledText(value);
}

function scalarText(value: unknown): string | undefined {
  return typeof value === "boolean" ? String(value) : keyText(value);
}

/** A state that is also a severity does not resolve. */
function statedAction(value: unknown): MonitoringEvent["action"] | undefined {
  const word = filledText(value) ?? "";
  const severity = severityNamed(word);
  return actionOf(word) ?? (severity === undefined || severity === "low" ? undefined : "trigger");
}

function wordOf(value: unknown, words: RegExp): MonitoringEvent["action"] | undefined {
  const word = filledText(value) ?? "";
  return words.test(word) ? actionOf(word) : undefined;
}

/** Recognizes the end of a problem in a severity, such as `OK`; undefined for any other word. */
export function endOf(value: unknown): "resolve" | undefined {
  return actionOf(filledText(value) ?? "") === "resolve" ? "resolve" : undefined;
}

function severityOrEndAt(path: string): readonly string[] {
  return importance.test(path) ? [] : [path];
}

/**
 * Parses a time, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970, from 2001 to
 * 2286.
 */
function instantOf(value: unknown): number | undefined {
  const text = keyText(value)?.trim() ?? "";
  const [, digits] = /^(\d{10}|\d{13}|\d{16}|\d{19})(\.\d*)?$/.exec(text) ?? [];
  if (digits === undefined) return parseInstant(text);
  return digits.length === 10 ? Math.floor(Number(text) * 1_000) : Number(digits.slice(0, 13));
}

/** Collects labels from all places. Of duplicates, the first wins. */
function labelsIn(
  payload: unknown,
  paths: readonly string[],
  message: string | undefined,
): Readonly<Record<string, unknown>> {
  const places = paths.map((path) => labelsOf(valueAt(payload, path), path));
  const others = texts.map((name) => {
    const text = filledText(valueAt(payload, name));
    return text === undefined || text === message ? {} : { [name]: text };
  });
  return joined([...places, ...others]);
}

/** Merges labels. Of duplicates, the first wins. */
function joined(all: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const labels = new Map<string, unknown>();
  for (const [name, value] of all.flatMap((some) => Object.entries(some)))
    if (!labels.has(name)) labels.set(name, value);
  return Object.fromEntries(labels);
}

/**
 * Reads labels from an object, a list of `{name, value}` or of texts like `env:prod`, a comma-separated text,
 * or a single text.
 */
function labelsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) return Object.fromEntries(value.flatMap(labelOf));
  if (typeof value === "object" && value !== null) return { ...value };
  const text = filledText(value);
  if (text === undefined) return {};
  const parts = text.split(",");
  if (parts.every((part) => /^\s*[\w./-]+:[^\s/]/.test(part)))
    return Object.fromEntries(parts.flatMap(labelOf));
  return { [path.slice(path.lastIndexOf(".") + 1)]: text };
}

function labelOf(item: unknown): [string, unknown][] {
  if (typeof item === "object" && item !== null) {
    const [name] = ["name", "tag", "key"].flatMap((field) => keyText(Reflect.get(item, field)) ?? []);
    // A label without a value is a flag. A null value is unknown.
    const { value = true } = item as { readonly value?: unknown };
    return name === undefined || value === null ? [] : [[name, value]];
  }
  const text = keyText(item);
  if (text === undefined) return [];
  const [, name = text, value = true] = /^([^:=]+)[:=](.*)$/s.exec(text) ?? [];
  return [[name.trim(), typeof value === "string" ? value.trim() : value]];
}

/** Looks up a path, case-insensitively. An exact match comes first. */
function valueAt(payload: unknown, dotted: string): unknown {
  return dotted
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((value, name) => {
      if (typeof value !== "object" || value === null) return undefined;
      return Object.hasOwn(value, name) ? Reflect.get(value, name) : lowered(value).get(name.toLowerCase());
    }, payload);
}

const loweredObjects = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** Returns values by lower-case name. Cached, because every field uses it. */
function lowered(value: object): ReadonlyMap<string, unknown> {
  const known = loweredObjects.get(value);
  if (known) return known;
  const made = new Map(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]));
  loweredObjects.set(value, made);
  return made;
}
