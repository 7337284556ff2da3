/**
 * Metrics exporter: serves `GET /metrics`, `/metrics/{alerts,incidents,oncall,notifications,web,exporter}`
 * and `/health` on EXPORTER_HOST:EXPORTER_PORT. Logs to stderr. Stops on SIGTERM or SIGINT.
 */
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import { logConfig, queueUrl } from "../../shared/runtime/config.ts";
import { clock, sqs } from "../../shared/runtime/system.ts";
import { table } from "../../shared/runtime/table.ts";
import { createLog } from "../../shared/telemetry/logger.ts";
import { streamWriter } from "../../shared/telemetry/lossy-writer.ts";
import { startExporter } from "./exporter.ts";
import { timeoutMs } from "./refresh.ts";
import { serverOf } from "./server.ts";
import { readSettings } from "./settings.ts";
import { freshForMs } from "./source.ts";
import { longPollSeconds } from "./sources/telemetry.ts";

/** Maximum wait for open scrapes and reads on shutdown. */
const drainMs = 2_500;

// The platform's own work takes precedence over its metrics.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { host, port, gatewayUrl, allowedHosts } = readSettings(process.env);
const write = streamWriter(process.stderr);
const log = createLog(logConfig().LOG_LEVEL, (line) => write(`${line}\n`), clock);
const exporter = startExporter({
  table: table(),
  sqs: sqs(),
  longPollingSqs: new SQSClient({
    maxAttempts: 1, // the receiver retries by itself, with a longer delay
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: (longPollSeconds + 5) * 1_000 },
  }),
  queues: {
    alerts: queueUrl("ALERTS_QUEUE_URL"),
    "incident-events": queueUrl("INCIDENT_EVENTS_QUEUE_URL"),
    notifications: queueUrl("NOTIFICATIONS_QUEUE_URL"),
    "incident-timers": queueUrl("INCIDENT_TIMERS_QUEUE_URL"),
    telemetry: queueUrl("TELEMETRY_QUEUE_URL"),
  },
  gatewayUrl,
  fetch,
  clock,
  log,
});

const server = serverOf(exporter, allowedHosts).listen(port, host);
await once(server, "listening");
log.info("exporter listening", { host, port });

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  server.close();
  await Promise.race([exporter.close(), delay(drainMs)]);
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);

const begun = exporter.begin(() => delay(freshForMs));
// Without a table the exporter still serves requests, and reports the failure.
await Promise.race([begun, delay(timeoutMs)]);
process.send?.("ready");
