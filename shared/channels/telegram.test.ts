import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import {
  aFullMessage,
  anOutgoingMessage,
  anyMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { failureOf, httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { telegramChannel, telegramContent } from "./telegram.client.ts";

const token = "123456789:secretSECRETsecret";

describe("Telegram", () => {
  const trial = httpChannelSuite({
    make: (http, url) => ({
      channel: telegramChannel({ http, baseUrl: url, token, receivesActions: false }),
      address: "42",
    }),
    accepted: {
      answer: { status: 200, body: '{"ok":true,"result":{"message_id":7}}' },
      detail: "200 message 7",
    },
    refusals: {
      temporary: {
        "a 200 with a flood limit": {
          status: 200,
          body: '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":5}}',
        },
        "a 200 that is not ok": { status: 200, body: '{"ok":false}' },
      },
      permanent: {
        "a 200 with a bot that was blocked": {
          status: 200,
          body: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
        },
      },
    },
    secrets: [token, "secretSECRETsecret"],
    maxBytes: 30_000,
  });

  test("gets the chat, the text and links as buttons", async () => {
    const { path, body } = await trial().deliver(anOutgoingMessage());
    expect(path).toBe(`/bot${token}/sendMessage`);
    expect(JSON.parse(body)).toEqual({
      chat_id: "42",
      text: "#1 error rate over 5%\nsince five minutes\n\nService: checkout\nTeam: payments\nSeverity: critical\nStatus: open",
      entities: [{ type: "bold", offset: 0, length: 21 }],
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          [
            { text: "Acknowledge", url: someLinks.acknowledge },
            { text: "Resolve", url: someLinks.resolve },
            { text: "View", url: someLinks.view },
          ],
        ],
      },
    });
  });

  test("shows in a message that it sent who acknowledged the incident, and the buttons that are left", async () => {
    const { channel, address, behave, requests } = trial();
    const sent = { at: monday, ok: true, outcome: "sent", detail: "200 message 7", hash: "h" } as const;
    const answered = { status: "acknowledged", acknowledgedAt: monday, acknowledgedBy: "Ada" } as const;
    const message = anOutgoingMessage({ address, attempts: [sent] }, { incident: answered, links: null });
    behave({ status: 400, body: '{"ok":false,"error_code":400,"description":"message is not modified"}' });
    await channel.withdraw?.(message);
    const { path, body } = requests.at(-1) ?? {};
    expect(path).toBe(`/bot${token}/editMessageText`);
    expect(JSON.parse(body ?? "")).toMatchObject({ chat_id: "42", message_id: 7 });
    expect(JSON.parse(body ?? "").text).toMatch(/\n\nacknowledged by Ada at 2026-11-23 10:00 UTC$/);
  });

  test("changes no message whose ID is unknown", async () => {
    const { channel, address, requests } = trial();
    const before = requests.length;
    await channel.withdraw?.(anOutgoingMessage({ address }));
    expect(requests).toHaveLength(before);
  });

  test("is waited for as long as the body of a 429 asks for", async () => {
    const { channel, address, behave } = trial();
    behave({ status: 429, body: '{"ok":false,"error_code":429,"parameters":{"retry_after":31}}' });
    expect(await failureOf(channel.deliver(anOutgoingMessage({ address })))).toMatchObject({
      code: "temporary_failure",
      retryAfterSeconds: 31,
    });
  });
});

describe("a message in Telegram", () => {
  test("has links that Telegram would refuse as buttons in its text", () => {
    const links = { view: "http://localhost:8080/l/1", acknowledge: null, resolve: null };
    const content = telegramContent(anOutgoingMessage({}, { links }), false);
    expect(content).not.toHaveProperty("reply_markup");
    expect(content.text).toMatch(/\nView: http:\/\/localhost:8080\/l\/1$/);
  });

  test.each([
    { status: "open", rows: [["acknowledge", "resolve", "escalate"], ["View"]] },
    { status: "acknowledged", rows: [["resolve", "escalate", "View"]] },
    { status: "resolved", rows: [["View"]] },
  ] as const)("about an incident that is $status has buttons that the bot answers", ({ status, rows }) => {
    const message = anOutgoingMessage({}, { incident: { status } });
    const links = status === "resolved" ? { ...someLinks, acknowledge: null, resolve: null } : someLinks;
    const { reply_markup: keyboard } = telegramContent({ ...message, links }, true);
    const shown = (keyboard?.inline_keyboard ?? []).map((row) =>
      row.map((button) =>
        "callback_data" in button
          ? button.callback_data.replace(` ${message.incident?.id}`, "")
          : button.text,
      ),
    );
    expect(shown).toEqual(rows);
  });

  test("has everything that responders need", () => {
    expect(telegramContent(aFullMessage(), true).text).toBe(
      [
        "#12 [CRITICAL] checkout: error rate over 5%",
        "The error budget is spent.",
        "",
        "Service: checkout",
        "Team: payments",
        "Severity: critical",
        "Urgency: low",
        "Status: open",
        "Next: Grace Hopper at 2026-11-23 10:05 UTC",
        "",
        "Links",
        "• Runbook: https://wiki.example.com/checkout",
        "• Dashboard: https://grafana.example.com/d/1",
        "• Graph: https://grafana.example.com/graph.png",
        "",
        "Recent changes",
        "• 2026-11-23 09:55 UTC: Deploy checkout 4.2: https://ci.example.com/42",
        "• 2026-11-23 09:30 UTC: Flag fast-cart on",
        "",
        "Labels",
        "• instance: web-1",
        "• region: eu",
      ].join("\n"),
    );
  });

  test("of any text is within its limit", () => {
    fc.assert(
      fc.property(anyMessage(), fc.boolean(), (message, receivesActions) => {
        const { text, entities } = telegramContent(message, receivesActions);
        expect(text.length).toBeLessThanOrEqual(4_096);
        expect(text.isWellFormed()).toBe(true);
        expect(entities[0]?.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 25 },
    );
  });
});
