/** The fields of an alert in a payload that nobody has described: by their usual names, or where a mapping says. */
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import { actionOf } from "./action-words.ts";
import type { MonitoringEvent } from "./integration-type.ts";
import { severityNamed } from "./severity-words.ts";

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

/** Texts that say what happened; what is not the message becomes a label. */
const texts = ["message", "title", "summary", "text", "msg", "description", "subject"];

/** Names of each field unless the mapping gives one; the first whose value can be used is taken. */
const usual: Readonly<Record<Field, readonly string[]>> = {
  message: [...texts, "name", "rule_name", "alertRule"],
  severity: ["severity", "priority", "level", "urgency", "alert_type", "type", "state", "status", "action"],
  dedup_key: [
    ...["dedup_key", "dedupKey", "alias", "incident_key", "fingerprint", "issue_id", "incident_id", "id"],
  ],
  action: [
    ...["action", "event_action", "status", "state", "current_state", "alert_transition", "monitorCondition"],
  ],
  // Whose alerts they are, the integration says: only who maps the field gives that away.
  service: [],
  source: ["source", "host", "hostname", "host.name"],
  timestamp: ["timestamp", "time", "date", "created_at", "createdAt", "started_at"],
  labels: ["labels", "tags", "details"],
};

/** Objects that hold the alert of Sentry, Google Cloud, Azure and others. */
const envelopes = [
  ...["payload", "alert", "incident", "event", "problem", "data"],
  ...["data.event", "data.issue", "data.metric_alert", "data.essentials", "data.attributes"],
];

/** Fields whose words for a kind of notification say more than a state: of Nagios, Icinga and Checkmk. */
const kinds = ["notification_type", "type"];
const kindWords = /^\s*(problem|recovery|acknowledge?ment)\s*$/i;

/** Fields that say how bad it is, or that it is over: Kapacitor's `"level": "OK"`, apprise's `"type": "success"`. */
const severityOrEnd = ["severity", "level", "alert_type", "type"];
/** Fields that a mapping may take for the severity, and whose `normal` is an importance: Datadog's `priority`. */
const importance = /(^|\.)(priority|urgency)$/i;

/** Each absent where there is nothing of the kind. */
export interface NamedFields {
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
  // What nobody can be told is refused: where the mapping leads to nothing, the usual names are asked too.
  const messagePaths = [...new Set([...pathsOf("message"), ...usual.message])];
  const message = first(messagePaths, filledText) ?? first(messagePaths, scalarText);
  return {
    message,
    severity: first(pathsOf("severity"), (value) => severityNamed(keyText(value) ?? "")),
    dedupKey: first(pathsOf("dedup_key"), keyText),
    action:
      (mapping.action === undefined ? first(kinds, (value) => wordOf(value, kindWords)) : undefined) ??
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

/** A state that says how bad it is says that it is not over. */
function statedAction(value: unknown): MonitoringEvent["action"] | undefined {
  const word = filledText(value) ?? "";
  const severity = severityNamed(word);
  return actionOf(word) ?? (severity === undefined || severity === "low" ? undefined : "trigger");
}

function wordOf(value: unknown, words: RegExp): MonitoringEvent["action"] | undefined {
  const word = filledText(value) ?? "";
  return words.test(word) ? actionOf(word) : undefined;
}

/** Reads the end of a problem in a severity, such as `OK`; undefined for any other word. */
export function endOf(value: unknown): "resolve" | undefined {
  return actionOf(filledText(value) ?? "") === "resolve" ? "resolve" : undefined;
}

function severityOrEndAt(path: string): readonly string[] {
  return importance.test(path) ? [] : [path];
}

/** A time, or seconds, milliseconds, microseconds or nanoseconds since 1970, of 2001 to 2286. */
function instantOf(value: unknown): number | undefined {
  const text = keyText(value)?.trim() ?? "";
  const [, digits] = /^(\d{10}|\d{13}|\d{16}|\d{19})(\.\d*)?$/.exec(text) ?? [];
  if (digits === undefined) return parseInstant(text);
  return digits.length === 10 ? Math.floor(Number(text) * 1_000) : Number(digits.slice(0, 13));
}

/** Labels of all places; of those with one name, the first. */
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

/** Joins labels; of those with one name the first is kept. */
function joined(all: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const labels = new Map<string, unknown>();
  for (const [name, value] of all.flatMap((some) => Object.entries(some)))
    if (!labels.has(name)) labels.set(name, value);
  return Object.fromEntries(labels);
}

/** An object, a list of `{name, value}` or of texts like `env:prod`, these with commas between, or one text. */
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
    // Without a value the name says it all; a value of null is one that is unknown.
    const { value = true } = item as { readonly value?: unknown };
    return name === undefined || value === null ? [] : [[name, value]];
  }
  const text = keyText(item);
  if (text === undefined) return [];
  const [, name = text, value = true] = /^([^:=]+)[:=](.*)$/s.exec(text) ?? [];
  return [[name.trim(), typeof value === "string" ? value.trim() : value]];
}

/** Looks up a path, whatever the case of its names; a name as it stands comes first. */
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

/** Values by their names in small letters. Every field asks, so it is made once. */
function lowered(value: object): ReadonlyMap<string, unknown> {
  const known = loweredObjects.get(value);
  if (known) return known;
  const made = new Map(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]));
  loweredObjects.set(value, made);
  return made;
}
