/** Uptime Kuma: its webhook (POST as JSON or form, and GET), and its Grafana OnCall notifications. */

import * as z from "zod";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { actionOf } from "./common/action-names.ts";
import { jsonOrForm } from "./common/form.ts";
import { jsonIn } from "./common/json-in.ts";
import { withClientLabels } from "./common/labels.ts";
import { read } from "./common/read.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { severitySetting } from "./common/severity-setting.ts";
import type { IntegrationType, Reply } from "./integration-type.ts";

const settings = z.strictObject({ severity: severitySetting });

/** Values of `status`. Pending monitors are still retrying, and monitors in maintenance notify no one. */
const actions: Readonly<Record<number, MonitoringEvent["action"]>> = { 0: "trigger", 1: "resolve" };

const text = z.string().nullish().catch(undefined);
const heartbeat = z.object({
  status: z.int().min(0).max(3),
  msg: text,
  time: text,
  ping: z.number().nullish().catch(undefined),
});
/** A number up to ±2^53, or its digits beyond. `z.int()` would reject 2^53. */
const id = z.union([z.number().refine(Number.isInteger), z.string().min(1)]);
const monitor = z.object({
  id,
  name: text,
  url: text,
  hostname: text,
  type: text,
  tags: z
    .array(z.object({ name: z.string(), value: text }))
    .nullish()
    .catch(undefined),
});

const forOnCall = z.object({ title: z.string().regex(/\S/), message: text, state: z.string().regex(/\S/) });

const body = z.union(
  [
    z.object({ heartbeat, monitor, msg: text }),
    z.object({
      heartbeat: z.null().optional(),
      monitor: z.null().optional(),
      msg: z.string().regex(/\S/),
    }),
    forOnCall,
  ],
  "must have a heartbeat and a monitor, or neither and a msg",
);

export const uptimeKuma = {
  title: "Uptime Kuma",
  url: "/integrations/{key}",
  setUp: `Notification type: Webhook
Post URL: {url}
Request body: Preset - application/json`,
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      handle: async (inbound, context) => take(await jsonOrForm(inbound), context),
    },
    {
      method: "GET",
      path: "",
      handle: ({ query }, context) => take(contentOf(query), context),
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

async function take(content: unknown, context: IntegrationContext): Promise<Reply> {
  const { severity } = settings.parse(context.integration.settings);
  await context.take(eventsOf(read(body, content), severity));
  return { status: 200, body: { ok: true } };
}

/** Reads a GET request, in which heartbeat and monitor are JSON texts, and absent instead of null. */
function contentOf(query: URLSearchParams): unknown {
  const json = (name: string) => {
    const value = query.get(name);
    return value === null ? null : (jsonIn(value) ?? value);
  };
  return { ...Object.fromEntries(query), heartbeat: json("heartbeat"), monitor: json("monitor") };
}

function eventsOf(notice: z.output<typeof body>, severity: Severity): MonitoringEvent[] {
  if ("state" in notice) return [onCallEventOf(notice, severity)];
  if (!notice.heartbeat) return [wordsOf(notice.msg ?? "")];
  const { heartbeat, monitor, msg } = notice;
  const action = actions[heartbeat.status];
  if (action === undefined) return [];
  const tags = (monitor.tags ?? []).map(({ name, value }) => [name, value || true]);
  return [
    {
      action,
      message: [monitor.name, heartbeat.msg].filter(Boolean).join(": ") || (msg ?? ""),
      severity,
      dedupKey: `monitor:${monitor.id}`,
      // The time has no zone and is UTC.
      timestamp: parseInstant(heartbeat.time ?? ""),
      labels: withClientLabels(
        {
          monitor: monitor.name,
          // Default value of new monitors without a URL.
          url: monitor.url === "https://" ? undefined : monitor.url,
          hostname: monitor.hostname,
          type: monitor.type,
          ping_ms: heartbeat.ping,
        },
        Object.fromEntries(tags),
        "tag_",
      ),
    },
  ];
}

/** Identifies a monitor by name only: `shop is down`, and later `shop is up`. */
function onCallEventOf(
  { title, message, state }: z.output<typeof forOnCall>,
  severity: Severity,
): MonitoringEvent {
  if (title.trim() === "General notification") return wordsOf(message?.trim() || title);
  const monitor = /^(.*\S)\s+is\s+(?:down|up)\s*$/is.exec(title)?.[1];
  return {
    action: actionOf(state) ?? "trigger",
    message: [title, message].filter(Boolean).join(": "),
    severity,
    dedupKey: `monitor-name:${monitor ?? title}`,
    labels: { monitor },
  };
}

/** Handles the test button and certificate expiry, which have neither a subject nor a resolve event. */
function wordsOf(msg: string): MonitoringEvent {
  return {
    action: "trigger",
    message: msg,
    severity: "low",
    // The number of remaining days changes daily.
    dedupKey: `words:${msg.replaceAll(/\d+/g, "#")}`,
  };
}
