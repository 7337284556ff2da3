/** Labels that a client chose beside those that a type of integration names itself. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { exampleRequest } from "../../../tests/support/integration-examples.ts";
import { integrationSystem } from "../../../tests/support/memory/integration-system.ts";
import { signedBySns, snsFields } from "../../../tests/support/sns.ts";
import type { IntegrationTypeName } from "../registry.ts";
import { withClientLabels } from "./labels.ts";

type Labels = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

interface Sample {
  readonly path?: string;
  /** @param own whether the client fills the fields that become labels of the type's own */
  readonly body: (labels: Labels, own: boolean) => unknown;
}

const fields = z.record(z.string(), z.unknown());
const exampleOf = (type: IntegrationTypeName): Fields =>
  fields.parse(([exampleRequest(type, "{key}").body].flat() as unknown[])[0]);

const links = {
  generatorURL: "https://example.com/g",
  dashboardURL: "https://example.com/d",
  panelURL: "https://example.com/p",
  silenceURL: "https://example.com/s",
  annotations: { summary: "It is full" },
};
const group = (labels: Labels, own: boolean) => ({
  alerts: [{ status: "firing", labels, ...(own && links) }],
  ...(own && { truncatedAlerts: 2 }),
});
const context = { client: "Prometheus", client_url: "https://example.com/c", links: "wiki", images: "graph" };

/** Requests of each type whose client can choose labels; null for the others. */
const samples: Readonly<Record<IntegrationTypeName, Readonly<Record<string, Sample>> | null>> = {
  alertmanager: { "a group": { body: group } },
  grafana: {
    "a group": { body: group },
    "a legacy rule": {
      body: (tags, own) => ({
        state: "alerting",
        ruleId: 1,
        tags,
        ...(own && { ruleName: "Disk", ruleUrl: "https://example.com/r", imageUrl: "https://example.com/i" }),
      }),
    },
  },
  prometheus: {
    "an alert": { path: "/api/v2/alerts", body: (labels, own) => [{ labels, ...(own && links) }] },
  },
  pagerduty: {
    "an event of v2": {
      path: "/v2/enqueue",
      body: (custom_details, own) => ({
        event_action: "trigger",
        payload: {
          summary: "Down",
          source: "web-1",
          severity: "error",
          custom_details,
          ...(own && { component: "api", group: "production", class: "latency" }),
        },
        ...(own && context),
      }),
    },
    "an event of v1": {
      path: "/generic/2010-04-15/create_event.json",
      body: (details, own) => ({
        event_type: "trigger",
        description: "Down",
        details,
        ...(own && { client: context.client, client_url: context.client_url, contexts: "graph" }),
      }),
    },
  },
  opsgenie: {
    "an alert": {
      path: "/v2/alerts",
      body: (details, own) => ({
        message: "Down",
        details,
        ...(own && { description: "Since noon", entity: "web", tags: ["a", "b"], note: "Look at it" }),
      }),
    },
  },
  cloudevents: {
    "an event": {
      body: (labels, own) => ({
        specversion: "1.0",
        id: "1",
        source: "/disks",
        type: "com.example.disk.full",
        data: { message: "Disk is full", labels },
        ...(own && { subject: "db-1", region: "eu" }),
      }),
    },
  },
  sns: {
    "an alarm": {
      body: (labels, own) => {
        const alarm = fields.parse(JSON.parse(String(exampleOf("sns").Message)));
        const { AlarmName, NewStateValue } = alarm;
        const Dimensions = Object.entries(labels).map(([name, value]) => ({ name, value }));
        const Trigger = { ...(own && fields.parse(alarm.Trigger)), Dimensions };
        const Message = JSON.stringify({ ...(own ? alarm : { AlarmName, NewStateValue }), Trigger });
        return signedBySns(snsFields.parse({ ...exampleOf("sns"), Message }));
      },
    },
    "an event of EventBridge": {
      body: (labels, own) => {
        const Message = JSON.stringify({
          "detail-type": "Backup Job State Change",
          source: "aws.backup",
          detail: labels,
          ...(own && { account: "123456789012", region: "eu-central-1", resources: ["arn:aws:x"] }),
        });
        return signedBySns(snsFields.parse({ ...exampleOf("sns"), Message }));
      },
    },
  },
  "uptime-kuma": {
    "a heartbeat": {
      body: (labels, own) => ({
        heartbeat: { status: 0, msg: "timeout", ...(own && { ping: 12 }) },
        monitor: {
          id: 7,
          tags: Object.entries(labels).map(([name, value]) => ({ name, value })),
          ...(own && { name: "shop", url: "https://example.com", hostname: "web-1", type: "http" }),
        },
      }),
    },
  },
  generic: null,
  healthchecks: null,
};

const each = Object.entries(samples).flatMap(([type, some]) =>
  Object.entries(some ?? {}).map(([name, sample]) => ({ type: type as IntegrationTypeName, name, sample })),
);

/** Sends a request to a system of its own, and returns the labels of the alert. */
async function labelsAfter(
  { type, sample }: (typeof each)[number],
  labels: Labels,
  own: boolean,
): Promise<Fields> {
  const system = integrationSystem();
  const { key } = await system.integrate(type);
  const body = sample.body(labels, own);
  const keys = Array.isArray(body) ? {} : { routing_key: key, service_key: key };
  const sent = Array.isArray(body) ? body : { ...fields.parse(body), ...(type === "pagerduty" && keys) };
  const path = `/integrations/${key}${sample.path ?? ""}`;
  const reply = await system.ask({ method: "POST", path, body: sent });
  expect([reply.status, reply.text]).toEqual([
    expect.toSatisfy((status: number) => status < 300),
    reply.text,
  ]);
  const [alert] = await system.alerts();
  return alert?.labels ?? {};
}

describe.each(each)("$name for the type $type", (wanted) => {
  test("keeps the labels of the type and those of its client, whatever their names", async () => {
    const { unrelated, ...ours } = await labelsAfter(wanted, { unrelated: "x" }, true);
    expect(unrelated).toBe("x");
    const names = Object.keys(ours);
    expect(names.length).toBeGreaterThan(1);
    const theirs = Object.fromEntries(names.map((name) => [name, `the client's ${name}`]));

    const both = await labelsAfter(wanted, theirs, true);
    expect(both).toMatchObject(ours);
    expect(Object.values(both)).toEqual(expect.arrayContaining(Object.values(theirs)));

    const bare = await labelsAfter(wanted, theirs, false);
    expect(Object.values(bare)).toEqual(expect.arrayContaining(Object.values(theirs)));
  });
});

test("a renamed label replaces none of its client", () => {
  expect(withClientLabels({ a: 1 }, { a: 2, tag_a: 3, tag_tag_a: 4 }, "tag_")).toEqual({
    a: 1,
    tag_a: 3,
    tag_tag_a: 4,
    tag_tag_tag_a: 2,
  });
});

test("own labels come first, so that too many of the client push none of them out", () => {
  expect(Object.keys(withClientLabels({ ours: 1 }, { theirs: 2 }, "tag_"))).toEqual(["ours", "theirs"]);
});
