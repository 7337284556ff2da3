/** Generic JSON events. A mapping defines the field of the payload for each field of the alert. */

import * as z from "zod";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { limits } from "../domain/limits.ts";
import { jsonOrForm } from "./common/form.ts";
import { fields, type Mapping, namedFields } from "./common/named-fields.ts";
import { read } from "./common/read.ts";
import { readEach } from "./common/read-each.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import type { IntegrationType, Route } from "./integration-type.ts";
import { eventOfEventBridge } from "./sns/event-bridge.ts";

/** `$.alert.title`, `alert.rules.0.name`: at most 16 names of 64 characters. */
const path = z
  .string()
  .max(1_024)
  .regex(/^(\$\.)?[^.\s]{1,64}(\.[^.\s]{1,64}){0,15}$/, "must be a path like $.alert.title");

const settings = z.strictObject({ mapping: z.partialRecord(z.enum(fields), path).default({}) });

const body = z.record(z.string(), z.unknown(), "must be an object, or a list of objects");
const batch = z
  .array(z.unknown())
  .max(limits.alertsPerNotice, `must have at most ${limits.alertsPerNotice} alerts`);

/** Accepts one event or a list. */
export const receiveJson: Route["handle"] = async (inbound, context) => {
  const { mapping } = settings.parse(context.integration.settings);
  const parse = (item: unknown) => eventOf(read(body, item), mapping);
  const sent = await jsonOrForm(inbound);
  if (!Array.isArray(sent)) {
    const event = parse(sent);
    const [alertId] = await context.take([event]);
    return { status: 202, body: { status: "accepted", alert_id: alertId, dedup_key: event.dedupKey } };
  }
  const { valid, rejected } = readEach(read(batch, sent), parse, context);
  const alertIds = await context.take(valid);
  const accepted = valid.map(({ dedupKey }, index) => ({
    alert_id: alertIds[index],
    dedup_key: dedupKey,
    status: "accepted",
  }));
  return { status: 202, body: { accepted, rejected } };
};

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
      handle: receiveJson,
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

function eventOf(payload: Readonly<Record<string, unknown>>, mapping: Mapping): MonitoringEvent {
  // EventBridge API destinations receive the same format as SNS.
  const isMapped = Object.keys(mapping).length > 0;
  const found = (isMapped ? undefined : eventOfEventBridge(payload)) ?? namedFields(payload, mapping);
  const { message, severity = "high", dedupKey = null, action = "trigger", labels = {}, ...rest } = found;
  // A resolve event for a known key needs no message.
  const ended = action !== "trigger" && dedupKey !== null ? `${dedupKey} is ${action}d` : undefined;
  return {
    ...rest,
    message: read(
      z.string("is required: the body has no message and none at the mapped path"),
      message ?? ended,
      "message",
    ),
    severity,
    dedupKey,
    action,
    labels,
  };
}
