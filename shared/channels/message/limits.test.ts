/** Every message is within the limits of its provider, whatever its texts are. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { anOutgoingMessage, anyMessage, anyText } from "../../../tests/support/outgoing-message.ts";
import { textsIn } from "../../../tests/support/suites/channel-suite.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { oneLine } from "../../domain/text/lines.ts";
import { discordPayload } from "../discord.client.ts";
import { googleChatPayload } from "../googlechat.client.ts";
import { mattermostPayload } from "../mattermost.client.ts";
import { ntfyPayload } from "../ntfy.client.ts";
import { slackPayload } from "../slack.client.ts";
import { textOf as textOfSms } from "../sms.client.ts";
import { teamsPayload } from "../teams.client.ts";
import { telegramContent } from "../telegram.client.ts";
import { htmlOf, textOf } from "./email-body.ts";
import { gsm7Size, toGsm7 } from "./gsm7.ts";

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const numRuns = 100;

function always(check: (message: OutgoingMessage) => void) {
  fc.assert(fc.property(anyMessage(), check), { numRuns });
}

test("Slack takes 50 blocks, 10 fields of 2,000 characters, texts of 3,000 and headers of 150", () => {
  always((message) => {
    const { text, blocks } = slackPayload(message);
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      const most = block.type === "header" ? 150 : "fields" in block ? 2_000 : 3_000;
      if ("fields" in block) expect(block.fields.length).toBeLessThanOrEqual(10);
      const isRight = (text: string) => text !== "" && text.length <= most && text.isWellFormed();
      expect(textsIn(block).filter((text) => !isRight(text))).toEqual([]);
    }
  });
});

test("Discord takes 2,000 characters, and embeds of 6,000 with 25 fields of 1,024", () => {
  always((message) => {
    const { content, embeds = [] } = discordPayload(message);
    expect(content.length).toBeLessThanOrEqual(2_000);
    for (const { description = "", fields } of embeds) {
      expect(description.length).toBeLessThanOrEqual(4_096);
      expect(fields.length).toBeLessThanOrEqual(25);
      expect(description.length + textsIn(fields).join("").length).toBeLessThanOrEqual(6_000);
      const isRight = ({ name, value }: (typeof fields)[number]) =>
        name.length <= 256 && value.length <= 1_024 && value.isWellFormed();
      expect(fields.filter((field) => !isRight(field))).toEqual([]);
    }
  });
});

test("Teams takes cards of 28 KB", () => {
  always((message) => {
    expect(bytesOf(teamsPayload(message))).toBeLessThanOrEqual(28_000);
  });
});

test("Telegram takes texts of 4,096 characters", () => {
  always((message) => {
    const { text } = telegramContent(message, false);
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text.isWellFormed()).toBe(true);
  });
});

test("Mattermost takes posts of 16,383 characters", () => {
  always((message) => {
    const texts = textsIn(
      mattermostPayload(message).attachments.map(({ text, fields }) => ({ text, fields })),
    );
    expect(texts.join("").length).toBeLessThanOrEqual(16_383);
  });
});

test("Google Chat takes messages of 32,000 bytes", () => {
  always((message) => {
    expect(bytesOf(googleChatPayload(message))).toBeLessThanOrEqual(32_000);
  });
});

test("ntfy takes messages of 4,096 bytes and three actions", () => {
  always((message) => {
    const { message: text, title, actions = [] } = ntfyPayload(message);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
    expect(text).not.toBe("");
    expect(title.length).toBeLessThanOrEqual(250);
    expect(actions.length).toBeLessThanOrEqual(3);
  });
});

test("an email stays below the size that mail programs cut off", () => {
  always((message) => {
    expect(Buffer.byteLength(htmlOf(message))).toBeLessThan(102_400);
    expect(textOf(message).isWellFormed()).toBe(true);
  });
});

test("a text message about an incident is one segment and keeps number, severity, service, and how to reply", () => {
  fc.assert(
    fc.property(
      anyText(400),
      anyText(255),
      fc.nat(),
      fc.boolean(),
      (title, service, number, acceptsReplies) => {
        const incident = { number, title, service, severity: "critical" } as const;
        const text = textOfSms(anOutgoingMessage({ message: title }, { incident, acceptsReplies }));
        expect(gsm7Size(text)).toBeLessThanOrEqual(160);
        expect(text.startsWith(`#${number} CRITICAL `)).toBe(true);
        const start = toGsm7(oneLine(service)).slice(0, 15);
        expect(text.slice(`#${number} CRITICAL `.length)).toContain(start);
        if (acceptsReplies) expect(text.endsWith(`\nReply ack ${number}`)).toBe(true);
      },
    ),
  );
});
