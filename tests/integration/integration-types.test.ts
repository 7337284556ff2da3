/** Each type of integration through the function that answers all of them, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { integrationTypeNames } from "../../shared/integrations/registry.ts";
import { unique } from "../support/builders.ts";
import { call, type HttpRequest, handlerOf } from "../support/functions/lambda.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";
import { exampleRequest } from "../support/integration-examples.ts";

const api = onCallApi();
let receive: LambdaHandler;
beforeAll(async () => {
  receive = await handlerOf("integrations/receive-event");
});

const make = (type: string, settings: object = {}): Promise<{ id: string; key: string }> =>
  api.ok("POST /api/v1/integrations", { name: unique("name-"), type, service: unique("service-"), settings });
const send = (request: HttpRequest) => call(receive, request);

// Amazon signs its messages with a certificate that is asked for where it is.
describe.each(integrationTypeNames.filter((type) => type !== "sns"))(
  "an integration of the type %s",
  (type) => {
    test("takes its example, and counts it", async () => {
      const { id, key } = await make(type);
      const reply = await send(exampleRequest(type, key));
      expect([reply.text, reply.status < 300]).toEqual([reply.text, true]);
      expect(await api.ok(`GET /api/v1/integrations/${id}`)).toMatchObject({ event_count: 1, errors: [] });
    });

    test("keeps what it does not understand", async () => {
      const { id, key } = await make(type);
      const { body: _, ...request } = exampleRequest(type, key);
      const reply = await send({ ...request, path: `/integrations/${key}`, body: "[" });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      const { errors } = await api.ok(`GET /api/v1/integrations/${id}`);
      expect(errors).toHaveLength(1);
    });
  },
);

test("amtool is shown that nothing fires yet", async () => {
  const { key } = await make("prometheus");
  const headers = { authorization: `Bearer ${key}` };
  expect((await send({ path: "/api/v2/alerts", headers })).json()).toEqual([]);
  expect((await send({ path: "/api/v2/status", headers })).json()).toMatchObject({
    uptime: "2026-11-23T10:00:00.000Z",
  });
});

test("Opsgenie's clients get the result of a request immediately", async () => {
  const { key } = await make("opsgenie");
  const { headers } = exampleRequest("opsgenie", key);
  const { requestId } = (await send(exampleRequest("opsgenie", key))).json<{ requestId: string }>();
  const asked = await send({ path: `/v2/alerts/requests/${requestId}`, ...(headers && { headers }) });
  expect(asked.json().data).toMatchObject({ success: true, alias: "checkout/p99" });
});

test("Grafana's secret is never shown", async () => {
  const { id } = await make("grafana", { secret: "between us" });
  expect(JSON.stringify(await api.ok(`GET /api/v1/integrations/${id}`))).not.toContain("between us");
  const refused = await api.refusal("POST /api/v1/integrations", {
    name: "x",
    type: "grafana",
    service: "checkout",
    settings: { timestamp_header: "not a header" },
  });
  expect(refused).toEqual({ status: 422, paths: ["settings.timestamp_header"] });
});
