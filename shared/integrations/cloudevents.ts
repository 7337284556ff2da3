/** CloudEvents 1.0 over HTTP: structured, batched, or binary with attributes in headers. */

import * as z from "zod";
import { Invalid } from "../domain/errors.ts";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { limits } from "../domain/limits.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { actionOf } from "./common/action-names.ts";
import { jsonIn } from "./common/json-in.ts";
import { withClientLabels } from "./common/labels.ts";
import { endOf, namedFields } from "./common/named-fields.ts";
import { read } from "./common/read.ts";
import { type Rejected, readEach } from "./common/read-each.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { severityNamed } from "./common/severity-names.ts";
import type { Inbound, IntegrationType } from "./integration-type.ts";

const text = z.string().nullish().catch(undefined);
const word = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined);
/** Attributes are texts by specification. Some senders use numbers. */
const attribute = z.union([z.string().min(1), z.number()], "is missing").transform(String);

const cloudEvent = z.looseObject({
  specversion: z.literal("1.0", "must be 1.0"),
  id: attribute,
  source: attribute,
  type: attribute,
  subject: text,
  time: text,
  datacontenttype: text,
  dataschema: text,
  data: z.unknown().optional(),
  data_base64: text,
  severity: word,
  dedupkey: word,
  action: word,
});
type CloudEvent = z.output<typeof cloudEvent>;

const batch = z
  .array(z.unknown())
  .max(limits.alertsPerBatch, `must have at most ${limits.alertsPerBatch} events`);

export const cloudevents = {
  title: "CloudEvents",
  url: "/integrations/{key}",
  setUp: `curl '{url}' -H 'content-type: application/cloudevents+json' -d '{"specversion": "1.0", "id": "1",
  "source": "/disks", "type": "com.example.disk.full", "data": {"message": "Disk is full"}}'`,
  routes: [
    {
      method: "POST",
      path: "",
      async handle(inbound, context) {
        const { events, rejected } = eventsIn(inbound, context);
        const alertIds = await context.take(events.map(eventOf));
        return {
          status: 202,
          body: { status: "accepted", alert_ids: alertIds, ...(rejected.length > 0 && { rejected }) },
        };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

/** Detects the mode from the content, because the Content-Type of clients is often wrong. */
function eventsIn(
  inbound: Inbound,
  context: IntegrationContext,
): { readonly events: readonly CloudEvent[]; readonly rejected: readonly Rejected[] } {
  const parse = (event: unknown) => read(cloudEvent, event);
  if (inbound.headers.has("ce-specversion")) return { events: [parse(inBinary(inbound))], rejected: [] };
  const body = inbound.json();
  if (body === undefined)
    throw new Invalid([{ path: "", message: "has neither a body nor a ce-specversion header" }]);
  if (!Array.isArray(body)) return { events: [parse(body)], rejected: [] };
  const { valid, rejected } = readEach(read(batch, body), parse, context);
  return { events: valid, rejected };
}

function inBinary({ headers, body, json }: Inbound): Readonly<Record<string, unknown>> {
  const attributes = [...headers].flatMap(([name, value]): [string, string][] =>
    name.startsWith("ce-") ? [[name.slice("ce-".length), decoded(value)]] : [],
  );
  const contentType = headers.get("content-type") ?? "";
  const isText = /^text\/(?!json)/i.test(contentType);
  return { ...Object.fromEntries(attributes), datacontenttype: contentType, data: isText ? body : json() };
}

/**
 * Decodes a header that may be quoted and is percent-encoded once (HTTP protocol binding, 3.1.3.2). Invalid
 * encodings stay unchanged.
 */
function decoded(value: string): string {
  const unquoted = /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, "$1") : value;
  try {
    return decodeURIComponent(unquoted).toWellFormed();
  } catch {
    return unquoted;
  }
}

function eventOf(event: CloudEvent): MonitoringEvent {
  const { id, source, type, subject, time, severity, dedupkey, action } = event;
  const data = event.data ?? fromBase64(event.data_base64);
  const found = namedFields(data);
  const text = typeof data === "string" && data.trim() !== "" ? data.trim() : undefined;
  const { about, ending } = partsOf(type);
  return {
    action: actionOf(action ?? "") ?? ending ?? found.action ?? endOf(severity) ?? "trigger",
    message: found.message ?? text ?? [type, subject].filter(Boolean).join(": "),
    severity: severityNamed(severity ?? "") ?? found.severity ?? "high",
    dedupKey: dedupkey?.trim() || found.dedupKey || JSON.stringify([source, about, subject ?? ""]),
    eventId: JSON.stringify([source, id]),
    source: found.source ?? source,
    timestamp: parseInstant(time ?? "") ?? found.timestamp,
    labels: withClientLabels(
      { type, subject: subject || undefined, ...extensionsOf(event) },
      found.labels,
      "data_",
    ),
  };
}

/** Returns JSON or a text; undefined for binary data. */
function fromBase64(encoded: string | null | undefined): unknown {
  const text = Buffer.from(encoded ?? "", "base64").toString();
  return text === "" || text.includes("\ufffd") ? undefined : (jsonIn(text) ?? text);
}

/** `com.example.disk.resolved` resolves `com.example.disk`. */
function partsOf(type: string): { about: string; ending: MonitoringEvent["action"] | undefined } {
  const dot = type.lastIndexOf(".");
  const ending = dot > 0 ? actionOf(type.slice(dot + 1)) : undefined;
  return { about: ending === undefined ? type : type.slice(0, dot), ending };
}

/** Attributes of the specification, and those mapped to fields of the alert, do not become labels. */
const known: ReadonlySet<string> = new Set(Object.keys(cloudEvent.shape));

function extensionsOf(event: CloudEvent): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !known.has(name)));
}
