/**
 * URLs below `/v1/json/` for tools with an Opsgenie integration, with the key in the query. Netdata's format
 * is supported. Others are read as generic JSON.
 */

import * as z from "zod";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import type { Severity } from "../../domain/severity.ts";
import { keyInBody } from "../common/keys.ts";
import { read } from "../common/read.ts";
import { receiveJson } from "../generic.ts";
import type { Inbound, Route } from "../integration-type.ts";
import { priority, required, text } from "./fields.ts";
import { replied } from "./replies.ts";

/** Reads `?apiKey=KEY`, or the field `apiKey`. */
export function apiKey(inbound: Inbound): string | undefined {
  return inbound.query.get("apiKey") ?? keyInBody("apiKey")(inbound);
}

const received = { result: "Request will be processed", code: 200 };

/** These tools require exactly status 200. */
export const receiveWebhook: Route["handle"] = async (inbound, context) => {
  const { tool = "" } = inbound.params;
  if (tool.endsWith("netdata")) await context.take([netdataEvent(inbound.json())]);
  else await receiveJson(inbound, context);
  return replied(200, received, context.ulid());
};

const netdata = z.looseObject({
  host: text,
  chart: text,
  name: required,
  status: required,
  priority: priority.nullish().catch(undefined),
  info: text,
});

const severityOfStatus: Readonly<Record<string, Severity>> = { CRITICAL: "critical", WARNING: "medium" };
/** Netdata states that resolve an alert. */
const endings: ReadonlySet<string> = new Set(["CLEAR", "REMOVED"]);

/** Converts a Netdata alert, which is identified by host, chart and name in any state. */
function netdataEvent(payload: unknown): MonitoringEvent {
  const { host, chart, name, status, info, priority, ...labels } = read(netdata, payload);
  const state = status.toUpperCase();
  const where = [host, name].filter(Boolean).join(" ");
  return {
    action: endings.has(state) ? "resolve" : "trigger",
    message: info ? `${where}: ${info}` : where,
    severity: priority ?? severityOfStatus[state] ?? "high",
    dedupKey: [host, chart, name].filter(Boolean).join("/"),
    source: "netdata",
    labels: { ...labels, host, chart, status, apiKey: undefined },
  };
}
