/** Dead letters in real Chromium, on a platform of its own. */
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  inChromium,
  noChromium,
  startBrowser,
  type TestBrowser,
} from "../../support/browser/browser.ts";
import { clients, startPlatform, type TestPlatform } from "../../support/platform/platform.ts";
import { userOf } from "../platform-user.ts";

describe.skipIf(noChromium)(inChromium("dead letters"), () => {
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

  test("are shown without secrets, and sent back to their queue", async () => {
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
});
