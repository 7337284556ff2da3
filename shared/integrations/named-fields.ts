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

/** Where each field is looked for unless the mapping says otherwise; the first that can be used is taken. */
const usual: Readonly<Record<Field, readonly string[]>> = {
  // The last ones are Sentry's.
  message: [...texts, "data.event.title", "data.issue.title", "data.description_title"],
  severity: [
    ...["severity", "priority", "level", "urgency", "alert_type", "type", "state", "status", "action"],
    ...["data.event.level", "data.issue.level"],
  ],
  dedup_key: [
    ...["dedup_key", "dedupKey", "alias", "incident_key", "fingerprint", "id"],
    ...["data.event.issue_id", "data.issue.id", "data.metric_alert.id"],
  ],
  action: ["action", "event_action", "status", "state", "current_state", "alert_transition"],
  // Whose alerts they are, the integration says: only who maps the field gives that away.
  service: [],
  source: ["source", "host", "hostname", "host.name"],
  timestamp: ["timestamp", "time", "date", "created_at", "createdAt"],
  labels: ["labels", "tags", "details"],
};

/** Fields that say how bad it is, or that it is over: Kapacitor's `"level": "OK"`, apprise's `"type": "success"`. */
const severityOrEnd = ["severity", "level", "alert_type", "type", "notification_type"];
/** Narrower than the words of a state: a severity of `normal` is not the end of anything. */
const ends = /^\s*(ok|okay|success|clear|cleared|resolved|recovered|recovery|acknowledge(d|ment))\s*$/i;

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
  const pathsOf = (field: Field): readonly string[] =>
    mapping[field] === undefined ? usual[field] : [mapping[field]];
  const first = <T>(paths: readonly string[], use: (value: unknown) => T | undefined): T | undefined => {
    for (const path of paths) {
      const used = use(valueAt(payload, path));
      if (used !== undefined) return used;
    }
    return undefined;
  };
  // What nobody can be told is refused: where the mapping leads to nothing, the usual names are asked too.
  const messagePaths = [...new Set([...pathsOf("message"), ...usual.message])];
  const message = first(messagePaths, filledText) ?? first(messagePaths, scalarText);
  return {
    message,
    severity: first(pathsOf("severity"), (value) => severityNamed(keyText(value) ?? "")),
    dedupKey: first(pathsOf("dedup_key"), keyText),
    action:
      first(pathsOf("action"), statedAction) ??
      first(mapping.severity === undefined ? severityOrEnd : [mapping.severity], endOf),
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

function endOf(value: unknown): MonitoringEvent["action"] | undefined {
  const word = filledText(value) ?? "";
  return ends.test(word) ? actionOf(word) : undefined;
}

/** A time, or seconds, milliseconds, microseconds or nanoseconds since 1970, of 2001 to 2286. */
function instantOf(value: unknown): number | undefined {
  const text = keyText(value)?.trim() ?? "";
  const [, digits] = /^(\d{10}|\d{13}|\d{16}|\d{19})(\.\d*)?$/.exec(text) ?? [];
  if (digits === undefined) return parseInstant(text);
  return digits.length === 10 ? Math.floor(Number(text) * 1_000) : Number(digits.slice(0, 13));
}

/** Those of all places, the earlier place's first. */
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
  const all = new Map<string, unknown>();
  for (const [name, value] of [...places, ...others].flatMap((some) => Object.entries(some)))
    if (!all.has(name)) all.set(name, value);
  return Object.fromEntries(all);
}

/** An object, a list of `{name, value}` or of texts like `env:prod`, or one text. */
function labelsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) return Object.fromEntries(value.flatMap(labelOf));
  if (typeof value === "object" && value !== null) return { ...value };
  const text = filledText(value);
  return text === undefined ? {} : { [path.slice(path.lastIndexOf(".") + 1)]: text };
}

function labelOf(item: unknown): [string, unknown][] {
  if (typeof item === "object" && item !== null) {
    const [name] = ["name", "tag", "key"].flatMap((field) => keyText(Reflect.get(item, field)) ?? []);
    return name === undefined ? [] : [[name, Reflect.get(item, "value") ?? true]];
  }
  const text = keyText(item);
  if (text === undefined) return [];
  const [, name = text, value = true] = /^([^:=]+)[:=](.*)$/s.exec(text) ?? [];
  return [[name.trim(), typeof value === "string" ? value.trim() : value]];
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
