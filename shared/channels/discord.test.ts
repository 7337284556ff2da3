import { describe, expect, test } from "vitest";
import { anOutgoingMessage, someLinks } from "../../tests/support/outgoing-message.ts";
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
  test("has the headline, fields, text and links, and mentions no one", () => {
    expect(discordPayload(anOutgoingMessage({ message: "disk full\n@everyone look" }))).toEqual({
      content: [
        "**disk full**",
        "Service: checkout · Team: payments · Severity: critical · Status: open",
        "@everyone look",
        `[Acknowledge](<${someLinks.acknowledge}>) · [Resolve](<${someLinks.resolve}>) · [View](<${someLinks.view}>)`,
      ].join("\n"),
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
    const { content } = discordPayload(
      anOutgoingMessage({ message: "[bank](https://evil.example)" }, { links: null }),
    );
    expect(content).toContain("\\[bank\\]\\(https://evil.example\\)");
  });
});
