import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { webhookEvents } from "../../../domain/notifications/webhook.ts";
import { webhookMessageResource } from "./webhook-message.ts";

const docs = readFileSync("docs/webhooks.md", "utf8");

test("the example in the documentation is a valid message without unknown fields", () => {
  const [, example = ""] = /```json\n(.*?)```/s.exec(docs) ?? [];
  const shown = JSON.parse(example);
  expect(webhookMessageResource.parse(shown)).toEqual(shown);
});

test("the documentation names each event", () => {
  for (const event of [...webhookEvents, "webhook.ping"]) expect(docs).toContain(`\`${event}\``);
});
