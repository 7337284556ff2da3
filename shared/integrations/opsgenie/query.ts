/**
 * Opsgenie's search language, as far as scripts use it: conditions joined by AND. Unsupported queries are
 * rejected, so that no one acts on the wrong alerts.
 */
import { Invalid } from "../../domain/errors.ts";
import { type Incident, type IncidentStatus, incidentStatuses } from "../../domain/incidents/incident.ts";
import { parseInstant } from "../../domain/time.ts";
import { severityOf } from "./fields.ts";

interface Search {
  readonly statuses: readonly IncidentStatus[];
  readonly matches: (incident: Incident) => boolean;
}

type Condition = (incident: Incident) => boolean;
type Operator = ":" | "<" | ">" | "<=" | ">=";

const unresolved = incidentStatuses.filter((status) => status !== "resolved");

/** @throws Invalid */
export function parseQuery(query: string): Search {
  let statuses: readonly IncidentStatus[] = incidentStatuses;
  const conditions: Condition[] = [];
  for (const { field, operator, value } of termsOf(query)) {
    if (field === "status" && operator === ":") {
      const wanted =
        value === "open" ? unresolved : value === "closed" ? (["resolved"] as const) : refuse(value);
      statuses = statuses.filter((status) => wanted.some((each) => each === status));
    } else conditions.push(conditionOf(field, operator, value));
  }
  return { statuses, matches: (incident) => conditions.every((condition) => condition(incident)) };
}

interface Term {
  /** Empty for a text that the alert contains. */
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

const term =
  /\s*(?:(?<field>\w+)\s*(?<operator>[<>]=?|[:=])\s*)?(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"():<>=]+))/y;

function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  const text = query.trim();
  term.lastIndex = 0;
  while (term.lastIndex < text.length) {
    const start = term.lastIndex;
    const { field = "", operator = ":", quoted, bare = "" } = term.exec(text)?.groups ?? {};
    if (quoted === undefined && bare === "") refuse(text.slice(start));
    if (field === "" && quoted === undefined) {
      if (/^(and|&&)$/i.test(bare)) continue;
      if (/^(or|not|\|\||!.*)$/i.test(bare)) refuse(bare);
    }
    terms.push({ field, operator: operator === "=" ? ":" : (operator as Operator), value: quoted ?? bare });
  }
  return terms;
}

function conditionOf(field: string, operator: Operator, value: string): Condition {
  const lower = value.toLowerCase();
  switch (field) {
    case "":
      return ({ title, dedupKey }) => `${title}\n${dedupKey}`.toLowerCase().includes(lower);
    case "message":
      if (operator === ":") return ({ title }) => title.toLowerCase().includes(lower.replace(/\*$/, ""));
      break;
    case "alias":
      if (operator === ":")
        return value.endsWith("*")
          ? ({ dedupKey }) => dedupKey?.startsWith(value.slice(0, -1)) ?? false
          : ({ dedupKey }) => dedupKey === value;
      break;
    case "priority":
      if (operator === ":" && Object.hasOwn(severityOf, value.toUpperCase()))
        return ({ severity }) => severity === severityOf[value.toUpperCase()];
      break;
    case "acknowledged":
      if (operator === ":" && (lower === "true" || lower === "false"))
        return ({ status }) => (status === "acknowledged") === (lower === "true");
      break;
    case "createdAt":
    case "updatedAt":
    case "lastOccurredAt": {
      const at = /^\d+$/.test(value) ? Number(value) : parseInstant(value);
      if (at !== undefined) return (incident) => compare(timeOf(incident, field), operator, at);
    }
  }
  return refuse(field === "" ? value : `${field}${operator}${value}`);
}

export type TimeField = "createdAt" | "updatedAt" | "lastOccurredAt";

export function timeOf(incident: Incident, field: TimeField): number {
  return field === "lastOccurredAt" ? (incident.lastAlertAt ?? incident.createdAt) : incident[field];
}

function compare(time: number, operator: Operator, at: number): boolean {
  switch (operator) {
    case ":":
      return time === at;
    case "<":
      return time < at;
    case ">":
      return time > at;
    case "<=":
      return time <= at;
    case ">=":
      return time >= at;
  }
}

function refuse(what: string): never {
  const message =
    `is not supported at "${what.slice(0, 100)}": ` +
    "status, acknowledged, priority, alias, message, createdAt, updatedAt and lastOccurredAt can be joined by AND";
  throw new Invalid([{ path: "query", message }], message);
}
