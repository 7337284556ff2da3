import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aFullMessage,
  anOutgoingMessage,
  anyMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import type { Incident } from "../domain/incidents/incident.ts";
import { chatChannel } from "./chat/chat.ts";
import { consoleChannel } from "./console.client.ts";
import { mattermost, mattermostPayload } from "./mattermost.client.ts";

describe("Mattermost", () => {
  httpChannelSuite({
    make(http, url) {
      const destinations = { fallback: `${url}/hooks/secretSECRETsecret`, named: new Map() };
      const chat = { http, destinations, simulated: consoleChannel(() => undefined) };
      return { channel: chatChannel(chat, mattermost), address: "#payments" };
    },
    accepted: { answer: { status: 200, body: "ok" }, detail: "200 ok" },
    refusals: { temporary: {}, permanent: {} },
    permanent: {
      "a webhook that is gone": { status: 404, body: '{"id":"web.incoming_webhook.invalid.app_error"}' },
    },
    secrets: ["secretSECRETsecret"],
    maxBytes: 60_000,
  });
});

describe("a message in Mattermost", () => {
  test("is an attachment with the headline, the text, links and fields", () => {
    expect(mattermostPayload(anOutgoingMessage())).toEqual({
      attachments: [
        {
          fallback: "\\#1 error rate over 5%",
          pretext: "**\\#1 error rate over 5%**",
          color: "#c62828",
          text: [
            "since five minutes",
            `[Acknowledge](${someLinks.acknowledge}) · [Resolve](${someLinks.resolve}) · [View](${someLinks.view})`,
          ].join("\n\n"),
          fields: [
            { title: "Service", value: "checkout", short: true },
            { title: "Team", value: "payments", short: true },
            { title: "Severity", value: "critical", short: true },
            { title: "Status", value: "open", short: true },
          ],
        },
      ],
    });
  });

  test("has buttons in place of links, each with a signed action, where they reach the platform", () => {
    const receiver = {
      url: "https://oncall.example.com/mattermost/actions",
      sign: (action: string) => `signed ${action}`,
    };
    const id = "inc_01";
    const actionsFor = (incident: Partial<Incident>) =>
      mattermostPayload(anOutgoingMessage({}, { incident: { id, ...incident } }), () => receiver)
        .attachments[0];
    const button = (name: string) => ({
      id: name.toLowerCase(),
      name,
      type: "button",
      integration: { url: receiver.url, context: { token: `signed ${name.toLowerCase()} ${id}` } },
    });
    const open = actionsFor({});
    expect(open?.actions).toEqual([button("Acknowledge"), button("Resolve"), button("Escalate")]);
    expect(open?.text).toBe(`since five minutes\n\n[View](${someLinks.view})`);
    const acknowledged = actionsFor({ status: "acknowledged" });
    expect(acknowledged?.actions).toEqual([button("Resolve"), button("Escalate")]);
    expect(actionsFor({ status: "resolved" })).not.toHaveProperty("actions");
    const unreachable = mattermostPayload(anOutgoingMessage(), () => null).attachments[0];
    expect(unreachable?.text).toContain("[Acknowledge](");
  });

  test("mentions no one, and can't show a link under another name", () => {
    const message = "@channel down\n[bank](https://evil.example) @all";
    const text = JSON.stringify(mattermostPayload(anOutgoingMessage({ message }, { links: null })));
    expect(text).not.toMatch(/@(channel|all)/);
    expect(text).not.toContain("[bank](");
  });

  test("lists links, changes and labels", () => {
    const { fields } = mattermostPayload(aFullMessage()).attachments[0] ?? {};
    expect(fields?.filter(({ short }) => !short)).toEqual([
      {
        title: "Links",
        value: [
          "* [Runbook](<https://wiki.example.com/checkout>)",
          "* [Dashboard](<https://grafana.example.com/d/1>)",
          "* [Graph](<https://grafana.example.com/graph.png>)",
        ].join("\n"),
        short: false,
      },
      {
        title: "Recent changes",
        value: [
          "* [2026-11-23 09\\:55 UTC\\: Deploy checkout 4.2](<https://ci.example.com/42>)",
          "* 2026-11-23 09\\:30 UTC\\: Flag fast-cart on",
        ].join("\n"),
        short: false,
      },
      { title: "Labels", value: "* instance\\: web-1\n* region\\: eu", short: false },
    ]);
  });

  test("of any text is within the length of a post", () => {
    fc.assert(
      fc.property(anyMessage(), (message) => {
        const [attachment] = mattermostPayload(message).attachments;
        const fields = attachment?.fields.map(({ title, value }) => title + value) ?? [];
        const texts = [attachment?.pretext, attachment?.text, ...fields].join("\n");
        expect(texts.length).toBeLessThanOrEqual(16_383);
      }),
      { numRuns: 25 },
    );
  });
});
