import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { HttpRequest } from "../outbound/http.ts";
import { consoleChannel } from "./console.client.ts";
import { ntfyChannel, ntfyPayload } from "./ntfy.client.ts";

const token = "tk_secretSECRETsecret";
const topic = "payments-oncall-topic";

describe("ntfy", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: ntfyChannel({ http, server: `${url}/`, token, simulated: consoleChannel(() => undefined) }),
      address: topic,
    }),
    accepted: { answer: { status: 200, body: '{"id":"x1"}' }, detail: '200 {"id":"x1"}' },
    refusals: {
      temporary: {
        "a 200 with a limit reached": {
          status: 200,
          body: '{"code":42901,"http":429,"error":"limit reached"}',
        },
      },
      permanent: {
        "a 200 with a topic that is not allowed": {
          status: 200,
          body: '{"code":40301,"http":403,"error":"forbidden"}',
        },
      },
    },
    secrets: [token, topic],
    maxBytes: 8_000,
  });

  test("gets a topic, a priority that sounds at night, and action links", async () => {
    const { path, headers, body } = await trial().deliver(anOutgoingMessage());
    expect(path).toBe("/");
    expect(headers.authorization).toBe(`Bearer ${token}`);
    expect(JSON.parse(body)).toEqual({
      topic,
      title: "#1 error rate over 5%",
      message: "since five minutes\nService: checkout\nTeam: payments\nSeverity: critical\nStatus: open",
      priority: 5,
      tags: ["rotating_light"],
      click: someLinks.view,
      actions: [
        { action: "http", label: "Acknowledge", url: someLinks.acknowledge, method: "POST", clear: true },
        { action: "http", label: "Resolve", url: someLinks.resolve, method: "POST", clear: true },
        { action: "view", label: "View", url: someLinks.view },
      ],
    });
  });
});

describe("a message in ntfy", () => {
  test("shows what responders need, and the runbook in place of the incident, which a tap opens", () => {
    const { message, actions } = ntfyPayload(aFullMessage());
    expect(message.split("\n")).toEqual([
      "The error budget is spent.",
      "Service: checkout",
      "Team: payments",
      "Severity: critical",
      "Urgency: low",
      "Status: open",
      "Next: Grace Hopper at 2026-11-23 10:05 UTC",
      "",
      "Links:",
      "Runbook: https://wiki.example.com/checkout",
      "Dashboard: https://grafana.example.com/d/1",
      "Graph: https://grafana.example.com/graph.png",
      "",
      "Recent changes:",
      "2026-11-23 09:55 UTC: Deploy checkout 4.2: https://ci.example.com/42",
      "2026-11-23 09:30 UTC: Flag fast-cart on",
      "",
      "Labels:",
      "instance: web-1",
      "region: eu",
    ]);
    expect(actions?.map(({ label }) => label)).toEqual(["Acknowledge", "Resolve", "Runbook"]);
  });

  test("without details repeats its title", () => {
    expect(ntfyPayload(aBareMessage())).toEqual({
      title: "#1 down",
      message: "#1 down",
      priority: 3,
      tags: ["information_source"],
    });
  });
});

describe("an ntfy address", () => {
  function setUp(server = "https://ntfy.example.com") {
    const requests: HttpRequest[] = [];
    let shown = "";
    const http = {
      async post(request: HttpRequest) {
        requests.push(request);
        return { status: 200, headers: {}, body: "" };
      },
    };
    const simulated = consoleChannel(
      (text) => {
        shown += text;
      },
      { channel: "ntfy", setting: "NTFY_URL" },
    );
    const channel = ntfyChannel({ http, server, token, simulated });
    const deliver = (address: string) => channel.deliver(anOutgoingMessage({ channel: "ntfy", address }));
    return { requests, deliver, shown: () => shown };
  }

  test("that names another server never gets the token of ours", async () => {
    const { requests, deliver } = setUp();
    await deliver("https://ntfy.sh/payments");
    expect(requests).toMatchObject([{ url: "https://ntfy.sh/" }]);
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ topic: "payments" });
    expect(JSON.stringify(requests[0]?.headers)).not.toContain(token);
  });

  test("that names our server in full gets it", async () => {
    const { requests, deliver } = setUp("https://example.com/ntfy");
    await deliver("https://example.com/ntfy/payments");
    expect(requests).toMatchObject([
      { url: "https://example.com/ntfy/", headers: { authorization: `Bearer ${token}` } },
    ]);
  });

  test("that is a topic alone is printed to the console while there is no server", async () => {
    const { requests, deliver, shown } = setUp("");
    const { detail } = await deliver("payments");
    expect(detail).toBe("ntfy is not configured: set NTFY_URL");
    expect(shown()).toContain("PAGE  CRITICAL");
    await deliver("https://ntfy.sh/payments");
    expect(requests).toHaveLength(1);
  });

  test("that only looks like a URL is refused", async () => {
    expect(await failureOf(setUp().deliver("https://"))).toBeInstanceOf(PermanentFailure);
  });
});
