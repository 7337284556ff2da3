/** Queues in real Chromium, on a platform of its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  describeIfChromium,
  expectAccessible,
  startBrowser,
  type TestBrowser,
} from "../../support/browser/browser.ts";
import { clients, startPlatform, type TestPlatform } from "../../support/platform/platform.ts";
import { post, userOf } from "../platform-user.ts";

describeIfChromium("queues", () => {
  let platform: TestPlatform;
  let browser: TestBrowser;
  let sqs: SQSClient;
  beforeAll(async () => {
    platform = await startPlatform();
    browser = await startBrowser(platform.url);
    sqs = clients(platform.env).sqs;
  });
  afterAll(async () => {
    sqs?.destroy();
    await browser?.close();
    await platform?.stop();
  });

  test("dead letters are shown without secrets, and sent back to their queue", async () => {
    const name = { QueueName: "incident-platform-local-notifications-dlq" };
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand(name));
    const MessageBody = '{"id": "ntf_unknown", "delaySeconds": 0, "api_key": "s3cret"}';
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));

    const page = await browser.visit("/settings/system");
    await page.getByRole("link", { name: "View 1 dead letter of notifications" }).click();
    await page.getByText("ntf_unknown").waitFor();
    expect(await page.getByText("s3cret").count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Redrive dead letters" }).click();
    await page.getByText("Sent 1 dead letter back to the queue of notifications.").waitFor();
    expect(await userOf(platform).notifications()).toEqual([]);
    await page.goto(`${platform.url}/settings/audit?kind=dead_letter`);
    await page.getByText("redrove dead letter notifications").waitFor();
    await page.getByText("sent back").waitFor();
  });

  test("a queue without a consumer is shown at the top of the home page until it is empty", async () => {
    const worker = Number(readFileSync(join(platform.dataDir, "worker.pid"), "utf8"));
    const page = await browser.visit("/");
    process.kill(worker, "SIGSTOP");
    try {
      // Requests of the consumer that are under way still take some of them.
      const alerts = Array.from({ length: 50 }, (_, index) => ({
        service: "checkout",
        severity: "low",
        message: `down ${index}`,
      }));
      await post(`${platform.url}/api/v1/alerts`, alerts);
      // The page refreshes itself.
      await page.getByText(/^\d+ alerts waiting, for at least \d+s/).waitFor({ timeout: 90_000 });
      await page.getByRole("link", { name: "View queue of alerts" }).click();
      await page.getByRole("row", { name: /^Alerts (Busy|Stopped) \d+/ }).waitFor();
    } finally {
      process.kill(worker, "SIGCONT");
    }
    await page.getByRole("row", { name: /^Alerts Empty 0/ }).waitFor({ timeout: 60_000 });
    await page.goto(platform.url);
    expect(await page.getByText("alerts waiting").count()).toBe(0);
  });
});
