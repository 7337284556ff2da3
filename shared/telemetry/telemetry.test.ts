import { describe, expect, test } from "vitest";
import { monday, seconds } from "../../tests/support/builders.ts";
import { type Telemetry, telemetryRecorded } from "../messages/telemetry-recorded.ts";
import { telemetryBuffer } from "./telemetry.ts";

function aBuffer(send?: () => Promise<void>) {
  let now = monday;
  const sent: Telemetry[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const buffer = telemetryBuffer({
    clock: () => now,
    send: async (telemetry) => {
      sent.push(telemetryRecorded.parse(telemetry));
      await send?.();
    },
    later: (delayMs, run) => void timers.push({ at: now + delayMs, run }),
  });
  return {
    buffer,
    sent,
    timers,
    pass(ms: number) {
      now += ms;
      for (const timer of timers.splice(0)) {
        if (timer.at <= now) timer.run();
        else timers.push(timer);
      }
    },
  };
}

const request = { service: "alerts", method: "POST", route: "/api/v1/alerts" };

describe("what is counted", () => {
  test("is gathered for two seconds and sent as one message, series by series", () => {
    const { buffer, sent, pass } = aBuffer();
    buffer.count("alerts_received_total", { severity: "high" });
    buffer.count("alerts_received_total", { severity: "high" }, 4);
    buffer.count("alerts_received_total", { severity: "low" });
    buffer.observe("http_request_duration_seconds", request, 0.004);
    buffer.observe("http_request_duration_seconds", request, 0.1);
    pass(1_999);
    expect(sent).toEqual([]);
    pass(1);
    expect(sent).toEqual([
      {
        version: 1,
        at: monday + seconds(2),
        counts: [
          { name: "alerts_received_total", labels: { severity: "high" }, by: 5 },
          { name: "alerts_received_total", labels: { severity: "low" }, by: 1 },
        ],
        observations: [{ name: "http_request_duration_seconds", labels: request, values: [0.004, 0.1] }],
      },
    ]);
  });

  test("is not sent if empty, and starts again after each message", () => {
    const { buffer, sent, timers, pass } = aBuffer();
    pass(seconds(10));
    expect(timers).toEqual([]);
    for (const _ of ["first", "second"]) {
      buffer.count("alerts_received_total", { severity: "high" });
      pass(seconds(2));
    }
    expect(sent.map(({ counts }) => counts[0]?.by)).toEqual([1, 1]);
  });

  test("is sent at the end of a batch after its delay, not before", async () => {
    const { buffer, sent, timers, pass } = aBuffer();
    buffer.count("alerts_received_total", { severity: "high" });
    await buffer.flushIfDue();
    expect(sent).toEqual([]);
    // A frozen environment runs no timers.
    timers.splice(0);
    pass(seconds(2));
    await buffer.flushIfDue();
    expect(sent).toHaveLength(1);
  });

  test("fails no request when it can't be sent: it is dropped", async () => {
    const { buffer, sent, pass } = aBuffer(() => Promise.reject(new Error("no queue")));
    buffer.count("alerts_received_total", { severity: "high" });
    pass(seconds(2));
    await buffer.flushIfDue();
    buffer.count("alerts_received_total", { severity: "low" });
    pass(seconds(2));
    expect(sent.map(({ counts }) => counts.length)).toEqual([1, 1]);
  });

  test("is of its type: the buffer has no catalogue to check it, so that functions need not load one", () => {
    const { buffer } = aBuffer();
    const labels = { severity: "high" };
    // @ts-expect-error: a counter
    buffer.observe("alerts_received_total", labels, 1);
    // @ts-expect-error: a histogram
    buffer.count("http_request_duration_seconds", request);
  });

  test("is bounded: made-up names can't grow a message without limit", () => {
    const { buffer, sent, pass } = aBuffer();
    for (let index = 0; index < 2_000; index += 1) {
      buffer.count("oncall_lookups_total", { team: `team ${index}` });
    }
    for (let index = 0; index < 20_000; index += 1) {
      buffer.observe("http_request_duration_seconds", request, 0.123456);
    }
    pass(seconds(2));
    expect(sent[0]?.counts).toHaveLength(500);
    expect(JSON.stringify(sent[0]).length).toBeLessThan(256 * 1_024);
  });
});
