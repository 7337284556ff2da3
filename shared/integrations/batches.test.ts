import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import type { IntegrationTypeName } from "./registry.ts";

const prometheusAlert = (name: string) => ({ status: "firing", labels: { alertname: name } });

/** Bodies for each type, with one alert for each name and something else between. */
const batches: Readonly<Record<string, (first: string, other: unknown, last: string) => unknown>> = {
  alertmanager: (first, other, last) => ({ alerts: [prometheusAlert(first), other, prometheusAlert(last)] }),
  grafana: (first, other, last) => ({ alerts: [prometheusAlert(first), other, prometheusAlert(last)] }),
  prometheus: (first, other, last) => [prometheusAlert(first), other, prometheusAlert(last)],
  generic: (first, other, last) => [{ message: first, id: first }, other, { message: last, id: last }],
  cloudevents: (first, other, last) => {
    const event = (id: string) => ({ specversion: "1.0", id, source: "/x", type: "disk.full", subject: id });
    return [event(first), other, event(last)];
  },
};

/** Anything, or an alert with anything in its fields. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      status: fc.jsonValue({ maxDepth: 1 }),
      labels: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(fc.string(), fc.jsonValue())),
      annotations: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(fc.string(), fc.jsonValue())),
      startsAt: fc.jsonValue({ maxDepth: 1 }),
      endsAt: fc.jsonValue({ maxDepth: 1 }),
      message: fc.jsonValue({ maxDepth: 1 }),
      severity: fc.jsonValue({ maxDepth: 1 }),
      tags: fc.jsonValue({ maxDepth: 2 }),
      time: fc.jsonValue({ maxDepth: 1 }),
      specversion: fc.constant("1.0"),
      id: fc.jsonValue({ maxDepth: 1 }),
      source: fc.jsonValue({ maxDepth: 1 }),
      type: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: [] },
  ),
);

describe.each(Object.entries(batches))("a batch for the type %s", (type, bodyOf) => {
  test("pages for valid alerts among invalid ones", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate(type as IntegrationTypeName);
    const path = `/integrations/${key}${type === "prometheus" ? "/api/v2/alerts" : ""}`;
    let count = 0;
    await fc.assert(
      fc.asyncProperty(odd, async (other) => {
        const [first, last] = [`first-${count}`, `last-${count}`];
        count += 1;
        const taken = (await system.alerts()).length;
        const reply = await system.ask({ method: "POST", path, body: bodyOf(first, other, last) });
        expect(reply.status).toBeLessThan(300);
        system.advance(1);
        const fresh = (await system.alerts()).slice(taken).filter(({ action }) => action === "trigger");
        const text = JSON.stringify(fresh.map(({ message, labels }) => [message, labels]));
        expect([text.includes(first), text.includes(last)]).toEqual([true, true]);
      }),
      // The system shows its latest two hundred alerts.
      { numRuns: 60 },
    );
  });
});

describe.each([
  {
    encoding: "a urlencoded form",
    contentType: "application/x-www-form-urlencoded",
    bodyOf: (json: string) => new URLSearchParams({ payload: json }).toString(),
  },
  {
    encoding: "a multipart form",
    contentType: "multipart/form-data; boundary=x",
    bodyOf: (json: string) =>
      `--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n${json}\r\n--x--\r\n`,
  },
])("a batch in $encoding", ({ contentType, bodyOf }) => {
  test.each([[["a", "b"]], [["a"]]])("pages for each of the alerts %j", async (messages) => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    const reply = await system.ask({
      method: "POST",
      path: `/integrations/${key}`,
      headers: { "content-type": contentType },
      body: bodyOf(JSON.stringify(messages.map((message) => ({ message, id: message })))),
    });
    expect(reply.status).toBe(202);
    expect((await system.alerts()).map(({ message }) => message).sort()).toEqual(messages);
  });
});
