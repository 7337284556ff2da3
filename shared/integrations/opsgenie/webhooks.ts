/**
 * URLs below `/v1/json/` that tools with an Opsgenie integration of their own post to, with the key in the query. Netdata's
 * form is known; any other is read as generic JSON.
 */
import * as z from "zod";
import type { Severity } from "../../domain/severity.ts";
import { receiveJson } from "../generic.ts";
import type { Inbound, MonitoringEvent, Route } from "../integration-type.ts";
import { keyInBody } from "../keys.ts";
import { read } from "../read.ts";
import { priority, required, text } from "./fields.ts";
import { replied } from "./replies.ts";

/** `?apiKey=KEY`, or the field `apiKey`. */
export function apiKey(inbound: Inbound): string | undefined {
  return inbound.query.get("apiKey") ?? keyInBody("apiKey")(inbound);
}

const received = { result: "Request will be processed", code: 200 };

/** These tools want exactly 200. */
export const receiveWebhook: Route["answer"] = async (inbound, desk) => {
  const { tool = "" } = inbound.params;
  if (tool.endsWith("netdata")) await desk.take([netdataEvent(inbound.json())]);
  else await receiveJson(inbound, desk);
  return replied(200, received, desk.ulid());
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
/** States in which an alert of Netdata is over. */
const endings: ReadonlySet<string> = new Set(["CLEAR", "REMOVED"]);

/** An alert of Netdata is one by host, chart and name, whatever its state. */
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
