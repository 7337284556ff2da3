/** Tests that an integration type keeps the labels that its client chose beside those that the type names itself. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { IntegrationTypeName } from "../../../shared/integrations/registry.ts";
import { integrationSystem } from "../memory/integration-system.ts";

type Labels = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

interface LabeledRequest {
  readonly path?: string;
  /** @param own whether the client fills the fields that become labels of the type's own */
  readonly body: (labels: Labels, own: boolean) => unknown;
}

/** Links of an alert in the format of Prometheus. */
export const alertLinks = {
  generatorURL: "https://example.com/g",
  dashboardURL: "https://example.com/d",
  panelURL: "https://example.com/p",
  silenceURL: "https://example.com/s",
  annotations: { summary: "It is full" },
};

/** A group of Alertmanager and Grafana. */
export const alertGroup: LabeledRequest = {
  body: (labels, own) => ({
    alerts: [{ status: "firing", labels, ...(own && alertLinks) }],
    ...(own && { truncatedAlerts: 2 }),
  }),
};

/** @param requests requests of the type whose client chooses labels, by name */
export function describeClientLabels(
  type: IntegrationTypeName,
  requests: Readonly<Record<string, LabeledRequest>>,
): void {
  describe.each(Object.entries(requests))("labels of %s", (_, request) => {
    test("keep those of the type and those of its client, whatever their names", async () => {
      const { unrelated, ...ours } = await labelsAfter(type, request, { unrelated: "x" }, true);
      expect(unrelated).toBe("x");
      const names = Object.keys(ours);
      expect(names.length).toBeGreaterThan(1);
      const theirs = Object.fromEntries(names.map((name) => [name, `the client's ${name}`]));

      const both = await labelsAfter(type, request, theirs, true);
      expect(both).toMatchObject(ours);
      expect(Object.values(both)).toEqual(expect.arrayContaining(Object.values(theirs)));

      const bare = await labelsAfter(type, request, theirs, false);
      expect(Object.values(bare)).toEqual(expect.arrayContaining(Object.values(theirs)));
    });
  });
}

/** Sends a request to a system of its own, and returns the labels of the alert. */
async function labelsAfter(
  type: IntegrationTypeName,
  request: LabeledRequest,
  labels: Labels,
  own: boolean,
): Promise<Fields> {
  const system = integrationSystem();
  const { key } = await system.integrate(type);
  const body = request.body(labels, own);
  const keys = type === "pagerduty" ? { routing_key: key, service_key: key } : {};
  const sent = Array.isArray(body) ? body : { ...z.record(z.string(), z.unknown()).parse(body), ...keys };
  const path = `/integrations/${key}${request.path ?? ""}`;
  const reply = await system.ask({ method: "POST", path, body: sent });
  expect([reply.status, reply.text]).toEqual([
    expect.toSatisfy((status: number) => status < 300),
    reply.text,
  ]);
  const [alert] = await system.alerts();
  return alert?.labels ?? {};
}
