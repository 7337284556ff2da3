/** Uptime Kuma's webhook, with its preset body of `application/json`. */
import * as z from "zod";
import type { Severity } from "../domain/severity.ts";
import { parseInstant } from "../domain/time.ts";
import type { IntegrationType, MonitoringEvent } from "./integration-type.ts";
import { read } from "./read.ts";
import { refusePlainly } from "./refuse-plainly.ts";
import { severitySetting } from "./severity-setting.ts";

const settings = z.strictObject({ severity: severitySetting });

/** What its `status` says; while it is pending it tries again, and in maintenance nobody is to be told. */
const actions: Readonly<Record<number, MonitoringEvent["action"]>> = { 0: "trigger", 1: "resolve" };

const text = z.string().nullish().catch(undefined);
const heartbeat = z.object({
  status: z.int().min(0).max(3),
  msg: text,
  time: text,
  ping: z.number().nullish().catch(undefined),
});
const monitor = z.object({
  id: z.union([z.int(), z.string().min(1)]),
  name: text,
  url: text,
  hostname: text,
  type: text,
  tags: z
    .array(z.object({ name: z.string(), value: text }))
    .nullish()
    .catch(undefined),
});

const body = z.union(
  [
    z.object({ heartbeat, monitor, msg: text }),
    z.object({ heartbeat: z.null(), monitor: z.null().optional(), msg: z.string().regex(/\S/) }),
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
      async answer({ json }, desk) {
        const { severity } = settings.parse(desk.integration.settings);
        await desk.take(eventsOf(read(body, json()), severity));
        return { status: 200, body: { ok: true } };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

function eventsOf(notice: z.output<typeof body>, severity: Severity): MonitoringEvent[] {
  if (notice.heartbeat === null) return [wordsOf(notice.msg)];
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
      // Without a zone, and in UTC.
      timestamp: parseInstant(heartbeat.time ?? ""),
      labels: {
        monitor: monitor.name,
        // New monitors have this one for those that have no URL.
        url: monitor.url === "https://" ? undefined : monitor.url,
        hostname: monitor.hostname,
        type: monitor.type,
        ping_ms: heartbeat.ping,
        ...Object.fromEntries(tags),
      },
    },
  ];
}

/** Its test button, and certificates that are about to expire: nothing says of what it speaks, nor that it is over. */
function wordsOf(msg: string): MonitoringEvent {
  return {
    action: "trigger",
    message: msg,
    severity: "low",
    // The days that are left change from one to the next.
    dedupKey: `words:${msg.replaceAll(/\d+/g, "#")}`,
  };
}
