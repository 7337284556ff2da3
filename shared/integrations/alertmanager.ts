/** Alertmanager's webhook, version 4: each alert of a group becomes one alert. */

import * as z from "zod";
import { limits } from "../domain/limits.ts";
import { count } from "../domain/text/count.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { actionOf } from "./common/action-names.ts";
import { withClientLabels } from "./common/labels.ts";
import { clientLabelPrefix, eventOf, fingerprintOf, prometheusAlert } from "./common/prometheus-alert.ts";
import { read } from "./common/read.ts";
import { readEach } from "./common/read-each.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import type { IntegrationType } from "./integration-type.ts";

const text = z.string().min(1).nullish().catch(undefined);

/** A group without alerts is ignored. Go encodes an empty list as null. */
const notice = z.object({
  alerts: z
    .array(z.unknown())
    .max(limits.alertsPerNotice, `must have at most ${limits.alertsPerNotice} alerts`)
    .nullable(),
  status: text,
  truncatedAlerts: z.number().nullish().catch(0),
});

const groupedAlert = prometheusAlert.extend({
  status: z
    .string()
    .refine((word) => actionOf(word) !== undefined, "must be firing or resolved")
    .nullish(),
  fingerprint: text,
  // Sent by Grafana.
  dashboardURL: text,
  panelURL: text,
  silenceURL: text,
});

/** Accepts the alerts of a group. Grafana uses the same format. */
export async function takeGroup(json: unknown, context: IntegrationContext): Promise<void> {
  const { alerts, status, truncatedAlerts } = read(notice, json);
  const { valid } = readEach(alerts ?? [], (alert) => read(groupedAlert, alert), context, "alerts");
  if (truncatedAlerts) context.warn(leftOut(truncatedAlerts));
  await context.take(
    valid.map((alert) => {
      const event = eventOf(alert, alert.fingerprint ?? fingerprintOf(alert, context));
      return {
        ...event,
        details: truncatedAlerts ? leftOut(truncatedAlerts) : undefined,
        labels: withClientLabels(
          {
            dashboard_url: alert.dashboardURL,
            panel_url: alert.panelURL,
            silence_url: alert.silenceURL,
            truncated_alerts: truncatedAlerts || undefined,
          },
          event.labels ?? {},
          clientLabelPrefix,
        ),
        action: actionOf(alert.status ?? status ?? "firing") ?? "trigger",
      };
    }),
  );
}

function leftOut(missing: number): string {
  return `${count(missing, "alert")} of the group ${missing === 1 ? "is" : "are"} missing: increase max_alerts`;
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
      async handle({ json }, context) {
        await takeGroup(json(), context);
        return { status: 200, body: null };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;
