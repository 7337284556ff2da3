/** Anything that can post JSON: each field of an alert stands where the mapping says. */
import * as z from "zod";
import type { IntegrationType, MonitoringEvent } from "./integration-type.ts";
import { fields, type Mapping, namedFields, severityOf } from "./named-fields.ts";
import { read } from "./read.ts";
import { refusePlainly } from "./refuse-plainly.ts";

/** `$.alert.title`, `alert.rules.0.name`: at most 16 names of 64 characters. */
const path = z
  .string()
  .max(1_024)
  .regex(/^(\$\.)?[^.\s]{1,64}(\.[^.\s]{1,64}){0,15}$/, "must be a path like $.alert.title");

const settings = z.strictObject({ mapping: z.partialRecord(z.enum(fields), path).default({}) });

const body = z.record(z.string(), z.unknown(), "must be an object");

export const generic = {
  title: "Generic JSON",
  url: "/integrations/{key}",
  setUp: `curl '{url}' -H 'content-type: application/json' \\
  -d '{"message": "Disk is full", "severity": "high", "dedup_key": "disk:db-1"}'`,
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
  refuse: refusePlainly,
} satisfies IntegrationType;

function eventOf(payload: Readonly<Record<string, unknown>>, mapping: Mapping): MonitoringEvent {
  const { message, severity, dedupKey = null, action = "trigger", ...rest } = namedFields(payload, mapping);
  return {
    ...rest,
    message: read(
      z.string("nothing in the body says what happened: message, or what the mapping names"),
      message,
      "message",
    ),
    severity: severityOf(severity),
    dedupKey,
    action,
  };
}
