/** Cost of metrics per request and for the queue. */
import { telemetryBuffer } from "../../shared/telemetry/telemetry.ts";
import type { Row } from "./report.ts";

const section = "Telemetry";
const perSecond = 500;

export async function measureTelemetry(requests: number): Promise<Row[]> {
  let now = 0;
  let messages = 0;
  let due: { at: number; run: () => void } | undefined;
  const buffer = telemetryBuffer({
    clock: () => now,
    later: (delayMs, run) => {
      due = { at: now + delayMs, run };
    },
    send: async (telemetry) => {
      // Same serialization as the producer.
      JSON.stringify(telemetry);
      messages += 1;
    },
  });
  const request = { service: "alerts", method: "POST", route: "/api/v1/alerts" } as const;
  const startedAt = performance.now();
  for (let index = 0; index < requests; index += 1) {
    now += 1_000 / perSecond;
    if (due && due.at <= now) due.run();
    buffer.count("http_requests_total", { ...request, status: "2xx" });
    buffer.observe("http_request_duration_seconds", request, 0.004);
    buffer.count("alerts_received_total", { severity: "high" });
  }
  const microseconds = ((performance.now() - startedAt) * 1_000) / requests;
  return [
    { section, what: "of a request's time, three figures counted", value: microseconds, unit: "µs" },
    {
      section,
      what: `SQS requests at ${perSecond} requests a second in one environment`,
      value: messages / (requests / perSecond),
      unit: "requests/s",
      aim: { most: 0.5 },
    },
  ];
}
