/**
 * Opsgenie's Alert API. Nothing is kept for it: an alert's id is its alias in other letters, and a request's id tells
 * what became of the request.
 */
import * as z from "zod";
import { NotFound } from "../domain/errors.ts";
import { alertIdOfIncident } from "../domain/ids.ts";
import type { Incident } from "../domain/incident.ts";
import { limits } from "../domain/limits.ts";
import type { Severity } from "../domain/severity.ts";
import { formatInstant, parseInstant } from "../domain/time.ts";
import { cut } from "./draft.ts";
import type {
  Desk,
  Inbound,
  IntegrationType,
  MonitoringEvent,
  Refuse,
  Reply,
  Route,
} from "./integration-type.ts";
import { keyInHeader } from "./keys.ts";
import { read } from "./read.ts";

const key = keyInHeader("GenieKey");
const aliasLength = 512;

const text = z.string().nullish().catch(undefined);
const required = z.string().regex(/\S/, "can not be empty");

/** Who does something to an alert, where from, and what they have to say. */
const deed = z.object({ user: text, source: text, note: text });

const creation = deed.extend({
  message: required,
  alias: z.string().max(aliasLength, `may have ${aliasLength} characters`).nullish(),
  description: text,
  priority: z.enum(["P1", "P2", "P3", "P4", "P5"]).nullish().catch(undefined),
  entity: text,
  tags: z.array(z.string()).nullish().catch(undefined),
  details: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

const severityOf: Readonly<Record<string, Severity>> = {
  P1: "critical",
  P2: "high",
  P3: "medium",
  P4: "low",
  P5: "low",
};
const priorityOf: Readonly<Record<Severity, string>> = {
  critical: "P1",
  high: "P2",
  medium: "P3",
  low: "P4",
};

/** What became of a request. */
const receipt = z.strictObject({
  alias: z.string(),
  success: z.boolean(),
  status: z.string(),
  action: z.string(),
  at: z.number(),
});
type Receipt = z.output<typeof receipt>;

const create: Route["answer"] = async ({ json }, desk) => {
  const { message, alias, priority, details, user, ...body } = read(creation, json());
  const ownAlias = alias || desk.ulid();
  await desk.take([
    {
      action: "trigger",
      message,
      severity: severityOf[priority ?? ""] ?? "medium",
      dedupKey: ownAlias,
      source: body.source || user || undefined,
      labels: {
        description: body.description || undefined,
        entity: body.entity || undefined,
        tags: body.tags?.join(", ") || undefined,
        note: body.note || undefined,
        ...details,
      },
    },
  ]);
  return accepted(desk, { alias: ownAlias, success: true, status: "Created alert", action: "Create" });
};

/** Acknowledges or closes an alert: in its turn, behind what was said of it before. */
function moving(action: "acknowledge" | "resolve", name: string, status: string): Route["answer"] {
  return async (inbound, desk) => {
    const alias = aliasOf(inbound);
    const { user, source, note } = readDeed(inbound);
    const incident = await desk.findIncident(alias);
    const event: MonitoringEvent = {
      action,
      message: note || status,
      severity: incident?.severity ?? "medium",
      dedupKey: alias,
      source: user || source || undefined,
    };
    await desk.take([event]);
    if (note) await desk.addNote(alias, noteOf(user || source, note));
    return accepted(desk, { alias, success: true, status, action: name });
  };
}

/** Writes down beside the incident what there is no other place for. */
function noting(
  name: string,
  status: string,
  contentOf: (inbound: Inbound) => string,
  /** To be done besides. */
  andThen?: Route["answer"],
): Route["answer"] {
  return async (inbound, desk) => {
    const content = contentOf(inbound);
    const alias = aliasOf(inbound);
    const { user, source } = readDeed(inbound);
    const found = await desk.addNote(alias, noteOf(user || source, content));
    if (!found)
      return accepted(desk, { alias, success: false, status: "Alert does not exist", action: name });
    await andThen?.(inbound, desk);
    return accepted(desk, { alias, success: true, status, action: name });
  };
}

const acknowledge = moving("acknowledge", "Acknowledge", "Alert acknowledged");
const close = moving("resolve", "Close", "Alert closed");

const note = noting(
  "Add Note",
  "Note added to alert",
  ({ json }) => read(deed.extend({ note: required }), json()).note,
);

/** What is acknowledged is not given back here: who reads the incident is told. */
const unacknowledge = noting("UnAcknowledge", "Alert unacknowledged", (inbound) =>
  ["Unacknowledged in Opsgenie's API: nobody is paged again for it.", readDeed(inbound).note]
    .filter(Boolean)
    .join(" "),
);

/** Nobody is paged any more, as of an acknowledged one; nobody is when the time is over, either. */
const snooze = noting(
  "Snooze",
  "Alert snoozed",
  (inbound) => {
    const { endTime, note: said } = read(deed.extend({ endTime: required }), inbound.json());
    const until = read(
      z.number("must be a time like 2026-11-23T10:00:00Z"),
      parseInstant(endTime),
      "endTime",
    );
    return [`Snoozed until ${formatInstant(until)}.`, said].filter(Boolean).join(" ");
  },
  acknowledge,
);

function changing(field: "message" | "description"): Route["answer"] {
  const changed = z.object({ [field]: required });
  return noting(
    `Update ${field}`,
    `Updated ${field}`,
    ({ json }) => `The ${field} is now: ${read(changed, json())[field]}`,
  );
}

const requestStatus: Route["answer"] = async ({ params: { id = "" } }, desk) => {
  const found = receiptOf(id, desk);
  if (!found) throw new NotFound("request", id);
  const { alias, success, status, action, at } = found;
  const processed = {
    success,
    status,
    action,
    isSuccess: success,
    processedAt: formatInstant(at),
    integrationId: desk.integration.id,
    alertId: success ? idOf(alias) : "",
    alias: success ? alias : "",
  };
  return replied(200, { data: processed }, id);
};

const find: Route["answer"] = async (inbound, desk) => {
  const alias = aliasOf(inbound);
  const incident = await desk.findIncident(alias);
  if (!incident) throw new NotFound("alert", alias);
  const opening = await desk.findAlert(alertIdOfIncident(incident.id));
  return replied(200, { data: alertOf(incident, alias, opening?.message) }, desk.ulid());
};

const refuse: Refuse = ({ status, message, faults, requestId }) => ({
  status,
  body: {
    message,
    ...(faults.length > 0 && {
      errors: Object.fromEntries(faults.map((fault) => [fault.path, fault.message])),
    }),
    took: 0,
    requestId,
  },
});

const route = (method: Route["method"], path: string, answer: Route["answer"]): Route => ({
  method,
  path: `/v2/alerts${path}`,
  key,
  answer,
});

export const opsgenie = {
  title: "Opsgenie",
  url: "/v2/alerts",
  setUp: `curl '{url}' -H 'authorization: GenieKey {key}' \\
  -d '{"message": "The checkout is slow", "alias": "checkout", "priority": "P2"}'`,
  routes: [
    route("POST", "", create),
    route("GET", "/requests/{id}", requestStatus),
    route("POST", "/{id}/close", close),
    route("POST", "/{id}/acknowledge", acknowledge),
    route("POST", "/{id}/unacknowledge", unacknowledge),
    route("POST", "/{id}/notes", note),
    route("POST", "/{id}/snooze", snooze),
    route("PUT", "/{id}/message", changing("message")),
    route("PUT", "/{id}/description", changing("description")),
    route("GET", "/{id}", find),
  ],
  refuse,
} satisfies IntegrationType;

function noteOf(author: string | null | undefined, content: string): Parameters<Desk["addNote"]>[1] {
  return {
    author: author ? cut(author, limits.personNameLength) : null,
    content: cut(content, limits.noteLength),
  };
}

/** A body that says nothing says so by being none. */
function readDeed({ json }: Inbound): z.output<typeof deed> {
  return read(deed, json() ?? {});
}

/** @throws NotFound for an id that is none of ours */
function aliasOf({ params: { id = "" }, query }: Inbound): string {
  if (query.get("identifierType") === "alias") return id;
  const alias = textOf(id);
  if (alias === undefined) throw new NotFound("alert", id);
  return alias;
}

function idOf(alias: string): string {
  return Buffer.from(alias).toString("base64url");
}

/** Undefined for what is not base64url of a text. */
function textOf(encoded: string): string | undefined {
  const decoded = Buffer.from(encoded, "base64url").toString();
  return encoded !== "" && Buffer.from(decoded).toString("base64url") === encoded ? decoded : undefined;
}

function accepted(desk: Desk, what: Omit<Receipt, "at">): Reply {
  return replied(202, { result: "Request will be processed" }, requestIdOf({ ...what, at: desk.now }, desk));
}

function replied(status: number, body: object, requestId: string): Reply {
  return { status, body: { ...body, took: 0.001, requestId } };
}

function requestIdOf(told: Receipt, desk: Desk): string {
  const encoded = Buffer.from(JSON.stringify(told)).toString("base64url");
  return `${encoded}.${sealOf(encoded, desk)}`;
}

/** Undefined for an id that was not given out here for this key. */
function receiptOf(requestId: string, desk: Desk): Receipt | undefined {
  const [encoded = "", seal] = requestId.split(".");
  if (seal !== sealOf(encoded, desk)) return undefined;
  return receipt.parse(JSON.parse(Buffer.from(encoded, "base64url").toString()));
}

/** Whoever knows the key could make one, and would deceive nobody but themselves. */
function sealOf(encoded: string, { integration, sha256 }: Desk): string {
  return sha256(`${integration.keyDigest} ${encoded}`).slice(0, 32);
}

function alertOf(incident: Incident, alias: string, message = incident.title) {
  const id = idOf(alias);
  return {
    id,
    tinyId: id,
    alias,
    message,
    status: incident.status === "resolved" ? "closed" : "open",
    acknowledged: incident.status === "acknowledged",
    isSeen: incident.acknowledgedAt !== null,
    snoozed: false,
    tags: [],
    count: incident.alertCount,
    lastOccurredAt: formatInstant(incident.lastAlertAt ?? incident.createdAt),
    createdAt: formatInstant(incident.createdAt),
    updatedAt: formatInstant(incident.updatedAt),
    source: incident.source,
    owner: incident.acknowledgedBy ?? "",
    priority: priorityOf[incident.severity],
    teams: [],
    responders: [],
  };
}
