import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { httpChannelSuite, textsIn } from "../../tests/support/suites/channel-suite.ts";
import { chatChannel } from "./chat/chat.ts";
import { consoleChannel } from "./console.client.ts";
import { refusalIn } from "./provider/refusal.ts";
import { slack, slackPayload } from "./slack.client.ts";

const path = "/services/T0AAAAAAA/B0BBBBBBB/secretSECRETsecret";

describe("Slack", () => {
  httpChannelSuite({
    make(http, url) {
      const destinations = { fallback: url + path, named: new Map() };
      const chat = { http, destinations, simulated: consoleChannel(() => undefined) };
      return { channel: chatChannel(chat, slack), address: "#payments" };
    },
    accepted: { answer: { status: 200, body: "ok" }, detail: "200 ok" },
    refusals: {
      temporary: {
        "a 200 rate_limited": { status: 200, body: "rate_limited" },
        "a 200 that is not ok": { status: 200, body: '{"ok":false,"error":"ratelimited"}' },
        "a 200 that is not ok and says no more": { status: 200, body: '{"ok":false}' },
      },
      permanent: {
        "a 200 no_service": { status: 200, body: "no_service" },
        "a 200 invalid_payload": { status: 200, body: "invalid_payload" },
        "a 200 in JSON of an archived channel": {
          status: 200,
          body: '{"ok":false,"error":"channel_is_archived"}',
        },
      },
    },
    permanent: {
      "an archived channel": { status: 410, body: "channel_is_archived" },
      "a webhook that is gone": { status: 404, body: "no_service" },
    },
    secrets: [path, "T0AAAAAAA", "B0BBBBBBB", "secretSECRETsecret"],
    maxBytes: 40_000,
  });
});

test.each(["accepted", "Success", "ok\n"])("%j of a receiver like Slack is a success", (body) => {
  expect(refusalIn({ status: 200, headers: {}, body }, slack.success)).toBeNull();
});

describe("a message in Slack", () => {
  test("has a headline, the text, the incident's fields and buttons", () => {
    const message = anOutgoingMessage();
    expect(slackPayload(message)).toEqual({
      text: "#1 error rate over 5%",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "#1 error rate over 5%", emoji: false } },
        { type: "section", text: { type: "mrkdwn", text: "since five minutes" } },
        {
          type: "section",
          fields: ["*Service*\ncheckout", "*Team*\npayments", "*Severity*\ncritical", "*Status*\nopen"].map(
            (text) => ({ type: "mrkdwn", text }),
          ),
        },
        {
          type: "actions",
          elements: [
            {
              type: "button",
              action_id: "acknowledge",
              text: { type: "plain_text", text: "Acknowledge" },
              value: message.incident?.id,
              style: "primary",
            },
            {
              type: "button",
              action_id: "resolve",
              text: { type: "plain_text", text: "Resolve" },
              value: message.incident?.id,
            },
            {
              type: "button",
              action_id: "escalate",
              text: { type: "plain_text", text: "Escalate" },
              value: message.incident?.id,
            },
            {
              type: "static_select",
              action_id: "snooze",
              placeholder: { type: "plain_text", text: "Snooze" },
              options: [
                ["30m", "30 minutes"],
                ["1h", "1 hour"],
                ["4h", "4 hours"],
                ["morning", "Until next working morning"],
              ].map(([choice, text]) => ({
                text: { type: "plain_text", text },
                value: `${choice} ${message.incident?.id}`,
              })),
            },
            {
              type: "button",
              action_id: "view",
              text: { type: "plain_text", text: "View" },
              url: someLinks.view,
            },
          ],
        },
      ],
    });
  });

  test("shows what responders need", () => {
    const texts = slackPayload(aFullMessage()).blocks.flatMap((block) =>
      textsIn(block).filter((text) => text !== "mrkdwn"),
    );
    expect(texts).toContain("The error budget is spent.");
    expect(texts).toContain("*Urgency*\nlow");
    expect(texts).toContain("*Next*\nGrace Hopper at 2026-11-23 10:05 UTC");
    expect(texts).toContain(
      [
        "*Links*",
        "• <https://wiki.example.com/checkout|Runbook>",
        "• <https://grafana.example.com/d/1|Dashboard>",
        "• <https://grafana.example.com/graph.png|Graph>",
      ].join("\n"),
    );
    expect(texts).toContain(
      [
        "*Recent changes*",
        "• <https://ci.example.com/42|2026-11-23 09:55 UTC: Deploy checkout 4.2>",
        "• 2026-11-23 09:30 UTC: Flag fast-cart on",
      ].join("\n"),
    );
    expect(texts).toContain("*Labels*\n• instance: web-1\n• region: eu");
  });

  test("escapes the texts of its links", () => {
    const links = [{ text: "a|b>c", href: "https://example.com/?a=1&b=2|3>4" }];
    const texts = textsIn(slackPayload(anOutgoingMessage({}, { incident: { links } })));
    expect(texts).toContain("*Links*\n• <https://example.com/?a=1&amp;b=2%7C3&gt;4|a¦b&gt;c>");
  });

  test.each([
    { status: "open", links: null, buttons: ["acknowledge", "resolve", "escalate", "snooze"] },
    { status: "acknowledged", links: null, buttons: ["resolve", "escalate", "snooze"] },
    { status: "resolved", links: null, buttons: [] },
    {
      status: "open",
      links: { ...someLinks, acknowledge: null },
      buttons: ["resolve", "escalate", "snooze", "view"],
    },
    { status: "resolved", links: { ...someLinks, acknowledge: null, resolve: null }, buttons: ["view"] },
  ] as const)("about an incident that is $status offers $buttons", ({ status, links, buttons }) => {
    const { blocks } = slackPayload(anOutgoingMessage({}, { incident: { status }, links }));
    const offered = JSON.stringify(blocks).matchAll(/"action_id":"(\w+)"/g);
    expect([...offered].map(([, name]) => name)).toEqual(buttons);
  });

  test("has links in place of buttons that the platform could not receive", () => {
    const { blocks } = slackPayload(anOutgoingMessage({}, { links: someLinks }), false);
    const { acknowledge, resolve, view } = someLinks;
    expect(blocks.at(-1)).toEqual({
      type: "section",
      text: {
        type: "mrkdwn",
        text: `<${acknowledge}|Acknowledge> · <${resolve}|Resolve> · <${view}|View>`,
      },
    });
    expect(JSON.stringify(blocks)).not.toContain("action_id");
  });

  test("without an incident has neither fields nor buttons", () => {
    const { blocks } = slackPayload(aBareMessage());
    expect(blocks.map(({ type }) => type)).toEqual(["header"]);
  });

  test.each(["&", "<", ">", "🚨", "W"])(
    "of 2,000 times %s is escaped and within Slack's limits",
    (character) => {
      const text = character.repeat(2_000);
      const payload = slackPayload(
        anOutgoingMessage({ message: text }, { incident: { service: text.slice(0, 255) } }),
      );
      const [header, section, facts] = payload.blocks;
      const longest = (block: unknown) => Math.max(...textsIn(block).map(({ length }) => length));
      expect(longest(header)).toBeLessThanOrEqual(150);
      expect(longest(section)).toBeLessThanOrEqual(3_000);
      expect(longest(facts)).toBeLessThanOrEqual(2_000);
      for (const marked of [payload.text, ...textsIn(section), ...textsIn(facts)]) {
        expect(marked).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(marked.isWellFormed()).toBe(true);
      }
    },
  );
});
