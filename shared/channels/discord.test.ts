import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { chatChannel } from "./chat/chat.ts";
import { consoleChannel } from "./console.client.ts";
import { discord, discordPayload } from "./discord.client.ts";

describe("Discord", () => {
  httpChannelSuite({
    make(http, url) {
      const simulated = consoleChannel(() => undefined);
      const chat = { http, destinations: { fallback: null, named: new Map() }, simulated };
      return {
        channel: chatChannel(chat, discord),
        address: `${url}/api/webhooks/123456789012345678/tokenTOKENtoken`,
      };
    },
    accepted: { answer: { status: 204 }, detail: "204" },
    refusals: {
      temporary: {
        "a 200 with a rate limit": {
          status: 200,
          body: '{"message":"You are being rate limited.","retry_after":0.3,"global":false}',
        },
      },
      permanent: {
        "a 200 with an error of Discord's": {
          status: 200,
          body: '{"message":"Unknown Webhook","code":10015}',
        },
      },
    },
    secrets: ["123456789012345678", "tokenTOKENtoken"],
    maxBytes: 8_000,
  });
});

describe("a message in Discord", () => {
  test("has the headline, links to respond and an embed, and mentions no one", () => {
    const message = anOutgoingMessage({ message: "#1 disk full\n@everyone look" });
    expect(discordPayload(message)).toEqual({
      content: [
        "**\\#1 disk full**",
        `[Acknowledge](<${someLinks.acknowledge}>) · [Resolve](<${someLinks.resolve}>) · [View](<${someLinks.view}>)`,
      ].join("\n"),
      embeds: [
        {
          description: "@everyone look",
          color: 0xc62828,
          fields: [
            { name: "Service", value: "checkout", inline: true },
            { name: "Team", value: "payments", inline: true },
            { name: "Severity", value: "critical", inline: true },
            { name: "Status", value: "open", inline: true },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  test("shows what responders need", () => {
    const [embed] = discordPayload(aFullMessage()).embeds ?? [];
    expect(embed?.description).toBe("The error budget is spent.");
    expect(embed?.fields.slice(3)).toEqual([
      { name: "Urgency", value: "low", inline: true },
      { name: "Status", value: "open", inline: true },
      { name: "Next", value: "Grace Hopper at 2026-11-23 10:05 UTC", inline: true },
      {
        name: "Links",
        value: [
          "• [Runbook](<https://wiki.example.com/checkout>)",
          "• [Dashboard](<https://grafana.example.com/d/1>)",
          "• [Graph](<https://grafana.example.com/graph.png>)",
        ].join("\n"),
        inline: false,
      },
      {
        name: "Recent changes",
        value: [
          "• [2026-11-23 09:55 UTC: Deploy checkout 4.2](<https://ci.example.com/42>)",
          "• 2026-11-23 09:30 UTC: Flag fast-cart on",
        ].join("\n"),
        inline: false,
      },
      { name: "Labels", value: "• instance: web-1\n• region: eu", inline: false },
    ]);
  });

  test("without details has no embed", () => {
    expect(discordPayload(aBareMessage())).toEqual({
      content: "**\\#1 down**",
      allowed_mentions: { parse: [] },
    });
  });

  test.each(["*", "_", "🚨", "W", "["])(
    "of 2,000 times %s is within its limit, with complete links",
    (character) => {
      const message = `${character.repeat(900)}\n${character.repeat(1_100)}`;
      const { content } = discordPayload(anOutgoingMessage({ message }));
      expect(content.length).toBeLessThanOrEqual(2_000);
      expect(content.endsWith(`[View](<${someLinks.view}>)`)).toBe(true);
      expect(content.isWellFormed()).toBe(true);
    },
  );

  test("can't be made to show a link under another name", () => {
    const evil = "[bank](https://evil.example)";
    const links = [{ text: evil, href: "https://evil.example/>)[x](<https://b.example" }];
    const payload = discordPayload(
      anOutgoingMessage({ message: evil }, { links: null, incident: { links } }),
    );
    expect(payload.content).toContain("\\[bank\\]\\(https://evil.example\\)");
    const list = payload.embeds?.[0]?.fields.at(-1)?.value;
    expect(list?.match(/\(<[^<>]*>\)/g)).toHaveLength(1);
  });
});
