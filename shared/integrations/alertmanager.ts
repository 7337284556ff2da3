/** Alertmanager's webhook, version 4: each alert of its groups is one here. */
import * as z from "zod";
import { limits } from "../domain/limits.ts";
import type { Desk, IntegrationType } from "./integration-type.ts";
import { eventOf, fingerprintOf, prometheusAlert } from "./prometheus-alert.ts";
import { read } from "./read.ts";
import { refusePlainly } from "./refuse-plainly.ts";

const text = z.string().min(1).nullish().catch(undefined);

const notice = z.object({
  alerts: z
    .array(
      prometheusAlert.extend({
        status: z.enum(["firing", "resolved"]),
        fingerprint: text,
        // Grafana's.
        dashboardURL: text,
        panelURL: text,
        silenceURL: text,
      }),
    )
    .max(limits.alertsPerNotice),
  truncatedAlerts: z.number().nullish().catch(0),
});

/** Takes a group's alerts in; Grafana's are of the same form. */
export async function takeGroup(json: unknown, desk: Desk): Promise<void> {
  const { alerts, truncatedAlerts } = read(notice, json);
  if (truncatedAlerts) desk.complain(`${truncatedAlerts} alerts were left out of a group: raise max_alerts`);
  await desk.take(
    alerts.map((alert) => {
      const event = eventOf(alert, alert.fingerprint ?? fingerprintOf(alert, desk));
      return {
        ...event,
        labels: {
          ...event.labels,
          dashboard_url: alert.dashboardURL,
          panel_url: alert.panelURL,
          silence_url: alert.silenceURL,
        },
        action: alert.status === "firing" ? "trigger" : "resolve",
      };
    }),
  );
}

export const alertmanager = {
  title: "Alertmanager",
  url: "/integrations/{key}",
  setUp: `receivers:
  - name: on-call
    webhook_configs:
      - url: {url}`,
  routes: [
    {
      method: "POST",
      path: "",
      async answer({ json }, desk) {
        await takeGroup(json(), desk);
        return { status: 200, body: null };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;
