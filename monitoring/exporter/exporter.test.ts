import { DeleteMessageBatchCommand, SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { openMetricsContentType, prometheusContentType } from "prom-client";
import { describe, expect, test } from "vitest";
import { Unavailable } from "../../shared/domain/errors.ts";
import { serviceNames } from "../../shared/domain/health.ts";
import type { Telemetry } from "../../shared/messages/telemetry-recorded.ts";
import { telemetryRecorded } from "../../shared/messages/telemetry-recorded.ts";
import { sendEach } from "../../shared/queue/producer.ts";
import { scheduleStore } from "../../shared/storage/oncall/schedule-store.ts";
import { aSchedule, minutes, monday, seconds } from "../../tests/support/builders.ts";
import { memorySqs } from "../../tests/support/memory/memory-sqs.ts";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { anExporter, queueUrls } from "../../tests/support/monitoring/exporter.ts";
import { removeSchedule } from "../../tests/support/remove-schedule.ts";
import type { ExporterDeps } from "./exporter.ts";
import { pageNames } from "./pages.ts";

const request = { service: "alerts", method: "POST", route: "/api/v1/alerts" };

/** An exporter with a table and queues of its own, on a clock. */
function setUp(deps: Partial<ExporterDeps> = {}) {
  let now = monday;
  const clock = () => now;
  const table = deps.table ?? memoryTable(clock);
  const sqs = memorySqs(clock);
  const { promise: retry, resolve: tryAgain } = Promise.withResolvers<void>();
  const exporter = anExporter({
    table,
    clock,
    sqs: sqs.client,
    longPollingSqs: sqs.client,
    backOff: (_, stop) => {
      stop.addEventListener("abort", () => tryAgain());
      return retry;
    },
    ...deps,
  });
  return {
    exporter,
    table,
    sqs,
    tryAgain,
    advance(ms: number) {
      now += ms;
    },
    send: (...messages: Partial<Telemetry>[]) =>
      sendEach(
        sqs.client,
        queueUrls.telemetry,
        telemetryRecorded,
        messages.map((each) => ({
          body: { version: 1 as const, at: now, counts: [], observations: [], ...each },
        })),
      ),
    /** Until the receiver has taken in what was sent. */
    async takenIn() {
      await expect.poll(() => sqs.queue(queueUrls.telemetry).messages.length).toBe(0);
    },
  };
}

describe("the pages", () => {
  test("are together exactly everything, without a repetition", async () => {
    const { exporter, send, takenIn } = setUp();
    const services = [...serviceNames, "system"];
    await send({
      counts: services.map((service) => ({
        name: "http_requests_total",
        labels: { ...request, service, status: "2xx" },
        by: 1,
      })),
    });
    await takenIn();
    const everything = [...(await exporter.scrape())].toSorted();
    const pages = await Promise.all(pageNames.map(async (name) => [...(await exporter.scrape(name))]));
    expect(pages.flat().toSorted()).toEqual(everything);
    expect(pages.map((page) => page.some(([name]) => name.startsWith("http_requests_total")))).toEqual(
      pageNames.map(() => true),
    );
  });

  test("cost only what they show", async () => {
    const asked: string[] = [];
    const table = memoryTable(() => monday);
    const { exporter } = setUp({
      table: {
        ...table,
        queryIndex: (index, range) => {
          asked.push(range.pk);
          return table.queryIndex(index, range);
        },
      },
      fetch: async () => {
        asked.push("gateway");
        return new Response();
      },
    });
    await exporter.scrape("alerts");
    expect(asked).toEqual([]);
    await exporter.scrape("notifications");
    expect(new Set(asked)).toEqual(new Set(["NOTIFICATIONS"]));
  });

  test("in OpenMetrics have counters without _total in their names, time after time", async () => {
    const { exporter } = setUp();
    for (const _ of ["once", "again"]) {
      const open = await exporter.page("incidents", openMetricsContentType);
      expect(open).toContain("# TYPE incidents counter\n");
      expect(open).toContain('\nincidents_total{status="open"} 0\n');
      expect(open).toMatch(/\n# EOF\n$/);
      const plain = await exporter.page("incidents", prometheusContentType);
      expect(plain).toContain("# TYPE incidents_total counter\n");
      expect(plain).toContain('\nincidents_total{status="open"} 0\n');
      expect(plain).not.toContain("EOF");
    }
    expect(await exporter.page("web", openMetricsContentType)).toBe("# EOF\n");
  });

  test("read again what is older than two seconds, once for all who ask at once", async () => {
    let asked = 0;
    const { exporter, advance } = setUp({
      fetch: async () => {
        asked += 1;
        return new Response();
      },
    });
    await Promise.all([exporter.scrape(), exporter.scrape("exporter"), exporter.scrape("exporter")]);
    advance(seconds(2) - 1);
    await exporter.scrape();
    expect(asked).toBe(serviceNames.length);
    advance(1);
    await exporter.scrape();
    expect(asked).toBe(2 * serviceNames.length);
  });
});

describe("telemetry", () => {
  test("is counted and observed, with its age", async () => {
    const { exporter, send, takenIn, advance } = setUp();
    await send({
      at: monday - seconds(3),
      counts: [{ name: "alerts_received_total", labels: { severity: "high" }, by: 5 }],
      observations: [{ name: "http_request_duration_seconds", labels: request, values: [0.004, 0.3] }],
    });
    await takenIn();
    advance(seconds(60));
    await send({ counts: [{ name: "alerts_received_total", labels: { severity: "high" }, by: 1 }] });
    await takenIn();
    const labels = 'service="alerts",method="POST",route="/api/v1/alerts"';
    const series = Object.fromEntries(await exporter.scrape());
    expect(series).toMatchObject({
      'alerts_received_total{severity="high"}': 6,
      [`http_request_duration_seconds_bucket{le="0.005",${labels}}`]: 1,
      [`http_request_duration_seconds_bucket{le="+Inf",${labels}}`]: 2,
      [`http_request_duration_seconds_count{${labels}}`]: 2,
      exporter_telemetry_lag_seconds: 0,
    });
  });

  test("that could not be deleted comes again and is not counted again", async () => {
    const { client, queue } = memorySqs(() => now);
    let now = monday;
    let refused = false;
    const send = async (...args: Parameters<typeof client.send>) => {
      if (!(args[0] instanceof DeleteMessageBatchCommand) || refused) return client.send(...args);
      refused = true;
      throw new Error("time-out");
    };
    const { exporter } = setUp({ longPollingSqs: { send } as unknown as SQSClient, backOff: async () => {} });
    const counts = [{ name: "alerts_received_total", labels: { severity: "low" }, by: 1 }];
    const body = { version: 1 as const, at: now, counts, observations: [] };
    await sendEach(client, queueUrls.telemetry, telemetryRecorded, [{ body }]);
    await expect.poll(() => refused).toBe(true);
    now += minutes(1);
    await sendEach(client, queueUrls.telemetry, telemetryRecorded, [{ body }]);
    await expect.poll(() => queue(queueUrls.telemetry).messages.length).toBe(0);
    expect((await exporter.scrape("alerts")).get('alerts_received_total{severity="low"}')).toBe(2);
  });

  test("that is not understood is dropped and counted; the rest of it is taken in", async () => {
    const { exporter, send, sqs, takenIn } = setUp();
    const labels = { severity: "high" };
    await send({
      counts: [
        { name: "constructor", labels, by: 1 },
        { name: "incidents_total", labels: { status: "open" }, by: 1 },
        { name: "exporter_up", labels: {}, by: 1 },
        { name: "alerts_received_total", labels: { ...labels, more: "x" }, by: 1 },
        { name: "alerts_received_total", labels, by: -1 },
        { name: "http_request_duration_seconds", labels: request, by: 1 },
        { name: "alerts_received_total", labels, by: 2 },
      ],
      observations: [{ name: "alerts_received_total", labels, values: [1] }],
    });
    for (const MessageBody of ["{", '{"version":2}']) {
      const Entries = [{ Id: "0", MessageBody }];
      await sqs.client.send(new SendMessageBatchCommand({ QueueUrl: queueUrls.telemetry, Entries }));
    }
    await takenIn();
    expect(Object.fromEntries(await exporter.scrape("alerts"))).toEqual({
      'alerts_received_total{severity="high"}': 2,
    });
    expect(exporter.health()).toMatchObject({ telemetry_dropped: 9, status: "ok" });
    expect(exporter.warnings).toEqual(["telemetry unreadable"]);
  });
});

describe("a source that can't be read", () => {
  test("does not affect the others, is reported in /health and once in the log, and recovers", async () => {
    const table = memoryTable(() => monday);
    let away = false;
    const { exporter, advance } = setUp({
      table: {
        ...table,
        queryIndex: async (index, range) => {
          if (away && range.pk === "NOTIFICATIONS") throw new Unavailable("The database");
          return table.queryIndex(index, range);
        },
      },
    });
    const scrape = async () => {
      advance(seconds(3));
      return Object.fromEntries(await exporter.scrape());
    };
    expect(await scrape()).toMatchObject({ exporter_up: 1 });
    away = true;
    for (const errors of [1, 2]) {
      expect(await scrape()).toMatchObject({
        exporter_up: 0,
        'exporter_read_errors_total{source="notifications"}': errors,
        'exporter_read_errors_total{source="incidents"}': 0,
        'notifications_sent_total{channel="email",status="sent"}': 0,
      });
    }
    expect(exporter.warnings).toEqual(["source can't be read"]);
    expect(exporter.health()).toMatchObject({
      status: "degraded",
      sources: {
        notifications: { status: "failing", reason: expect.stringContaining("The database") },
        incidents: { status: "ok" },
      },
    });
    away = false;
    expect(await scrape()).toMatchObject({ exporter_up: 1 });
    expect(exporter.health()).toMatchObject({ status: "ok", sources: { notifications: { status: "ok" } } });
  });

  test("at the beginning is tried again until it can be", async () => {
    const table = memoryTable(() => monday);
    let tries = 0;
    const { exporter, advance } = setUp({
      table: {
        ...table,
        get: async (key) => {
          if (tries === 0) throw new Unavailable("The database");
          return table.get(key);
        },
      },
    });
    await exporter.begin(async () => {
      tries += 1;
      advance(seconds(3));
    });
    expect(tries).toBe(1);
    expect(exporter.health().sources).toMatchObject({
      incidents: { status: "ok" },
      notifications: { status: "ok" },
      escalations: { status: "ok" },
    });
  });

  test("has shown nothing yet: after a restart no counter falls back", async () => {
    const table = memoryTable(() => monday);
    const before = setUp({ table });
    await before.exporter.scrape();
    const after = setUp({
      table: { ...table, queryIndex: () => Promise.reject(new Unavailable("The database")) },
    });
    expect([...(await after.exporter.scrape("incidents")).keys()]).toEqual([]);
  });

  test.each(["no queue", "no broker"])(
    "loses only telemetry during %s, and recovers on its own",
    async (message) => {
      const { exporter, sqs, send, tryAgain, takenIn } = setUp();
      sqs.fail(new Error(message));
      await expect.poll(() => exporter.health().sources.telemetry.status).toBe("failing");
      expect(Object.fromEntries(await exporter.scrape())).toMatchObject({ exporter_up: 0 });
      expect(exporter.health().sources.queues.reason).toBe(
        `no response for alerts, incident-events, notifications, incident-timers, telemetry: ${message}`,
      );
      sqs.fail(undefined);
      tryAgain();
      await send({ counts: [{ name: "alerts_received_total", labels: { severity: "low" }, by: 1 }] });
      await takenIn();
      await expect.poll(() => exporter.health().sources.telemetry.status).toBe("ok");
      expect((await exporter.scrape("alerts")).get('alerts_received_total{severity="low"}')).toBe(1);
    },
  );

  test("is a gateway that does not answer: all its services are down", async () => {
    let answer = (_: string): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    const { exporter, advance } = setUp({ fetch: (url) => answer(url) });
    const up = async () =>
      [...(await exporter.scrape("exporter"))].flatMap(([name, value]) =>
        name.startsWith("service_up") ? value : [],
      );
    expect(await up()).toEqual([0, 0, 0, 0, 0]);
    expect(exporter.health().sources.services.reason).toBe("http://gateway does not respond: fetch failed");
    answer = async (url) => new Response("{}", { status: url.endsWith("/health/oncall") ? 503 : 200 });
    advance(seconds(3));
    expect(await up()).toEqual([1, 1, 0, 1, 1]);
    expect(exporter.health().status).toBe("ok");
  });
});

describe("queues", () => {
  const ageOf = (series: ReadonlyMap<string, number>, queue: string) =>
    series.get(`queue_oldest_age_seconds{queue="${queue}"}`);
  const depthOf = (series: ReadonlyMap<string, number>, queue: string) =>
    series.get(`queue_depth{queue="${queue}"}`);

  test("have their depth, and the time since when something waits in them", async () => {
    const { sqs, advance, exporter } = setUp();
    const put = (url: string, DelaySeconds = 0) =>
      sendEach(sqs.client, url, telemetryRecorded, [
        {
          body: { version: 1, at: monday, counts: [], observations: [] },
          delaySeconds: DelaySeconds,
        },
      ]);
    await put(queueUrls.notifications);
    await put(queueUrls["incident-timers"], 900);
    await put("notifications-dlq");
    const first = await exporter.scrape("exporter");
    expect(
      ["notifications", "incident-timers", "notifications-dlq", "alerts"].map((queue) =>
        depthOf(first, queue),
      ),
    ).toEqual([1, 1, 1, 0]);
    advance(seconds(10));
    sqs.queue("notifications-dlq").receive(1);
    const second = await exporter.scrape("exporter");
    expect(ageOf(second, "notifications")).toBe(10);
    expect(ageOf(second, "incident-timers")).toBe(0);
    expect(ageOf(second, "notifications-dlq")).toBe(10);

    sqs.queue(queueUrls.notifications).remove(sqs.queue(queueUrls.notifications).receive(1));
    advance(seconds(10));
    await exporter.scrape("exporter");
    await put(queueUrls.notifications);
    advance(seconds(10));
    expect(ageOf(await exporter.scrape("exporter"), "notifications")).toBe(0);
  });
});

describe("who is on call", () => {
  test("is read once a minute; a team that has gone has no series", async () => {
    const { exporter, table, advance } = setUp();
    const schedules = scheduleStore(table);
    await schedules.create(aSchedule({ team: "payments" }));
    await schedules.create(aSchedule({ team: "search" }));
    const onCall = async () =>
      [...(await exporter.scrape("oncall")).keys()]
        .filter((name) => name.startsWith("oncall_current"))
        .toSorted();
    const of = (team: string) => [
      `oncall_current{team="${team}",role="primary",name="Ada"}`,
      `oncall_current{team="${team}",role="secondary",name="Bob"}`,
    ];
    expect(await onCall()).toEqual([...of("payments"), ...of("search")]);
    await removeSchedule(schedules, "search");
    advance(minutes(1) - 1);
    expect(await onCall()).toEqual([...of("payments"), ...of("search")]);
    advance(1);
    expect(await onCall()).toEqual(of("payments"));
  });
});
