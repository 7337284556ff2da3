import { randomUUID } from "node:crypto";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { correlationKey } from "../../shared/domain/alerts/correlation.ts";
import { groupIdOf } from "../../shared/queue/group-id.ts";
import { clients, startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { post, script, userOf } from "./platform-user.ts";

let platform: TestPlatform;
let sqs: SQSClient;
beforeAll(async () => {
  platform = await startPlatform();
  sqs = clients(platform.env).sqs;
});
afterAll(async () => {
  sqs?.destroy();
  await platform?.stop();
});

test("a poison message holds up only its group, dies after five deliveries, and can be sent back", async () => {
  const alert = { service: "shop", severity: "high", message: "Cart is empty" } as const;
  const group = groupIdOf(correlationKey({ ...alert, dedupKey: "poisoned" }));
  await sendToAlerts("{ not an alert", group);
  // At once, because the poison message is dead after a few seconds.
  await Promise.all(
    ["poisoned", "healthy"].map((dedup_key) =>
      post(`${platform.url}/api/v1/alerts`, { ...alert, dedup_key }),
    ),
  );

  await waitFor(async () => (await deadAlerts()) === 1, 60_000);
  const { incidents } = userOf(platform);
  await waitFor(async () => (await incidents()).length === 2);
  const opened = (await incidents()).toSorted((one, other) => one.number - other.number);
  expect(opened.map(({ dedup_key }) => dedup_key)).toEqual(["healthy", "poisoned"]);

  expect((await script("dlq", ["list"], platform)).output).toMatch(/^alerts( +0){3} +1 +\d+ s$/m);
  for (const _ of ["looking", "looking does not take it away"]) {
    const shown = await script("dlq", ["show", "alerts"], platform);
    expect(shown.output).toContain("{ not an alert");
    expect(shown.output).toContain(`group ${group}`);
    expect(shown.output).toContain("Showed 1 of 1 messages");
  }

  expect((await script("dlq", ["show", "alerts"], platform)).output).toContain("given up: not JSON");

  // The scheduled redrive may hold it for a moment.
  await waitFor(async () => {
    const { code, output } = await script("dlq", ["redrive", "alerts"], platform);
    expect(code, output).toBe(0);
    return output.includes("Redrove 1 of 1 messages");
  });
  const audit = await fetch(`${platform.url}/api/v1/audit?resource=dead_letter`);
  expect(await audit.json()).toMatchObject({
    entries: [{ resource_id: "alerts", before: {}, after: { sent_back: 1 } }],
  });
  expect(await deadAlerts()).toBe(0);
  await waitFor(async () => (await deadAlerts()) === 1, 60_000);
});

test("all messages of a group are shown; one is discarded, then the rest, which the audit log records", async () => {
  for (const id of ["one", "two", "three"]) await sendToDeadEvents(`{ "event": "${id}" }`, "incident");
  const shown = await script("dlq", ["show", "incident-events"], platform);
  expect(shown.output).toContain("Showed 3 of 3 messages");
  expect(shown.output.match(/"event": "\w+"/g)).toEqual(
    ["one", "two", "three"].map((id) => `"event": "${id}"`),
  );

  const [first = ""] = shown.output.match(/^[\da-f-]{36}/m) ?? [];
  const dlq = (...args: string[]) => script("dlq", ["discard", "incident-events", ...args], platform);
  expect(await dlq(first)).toMatchObject({ code: 1, output: expect.stringContaining("Add --yes") });
  expect(await dlq("unknown", "--yes")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Message unknown is not available"),
  });
  await waitFor(async () => (await dlq(first, "--yes")).output.includes("Discarded 1 of 3 messages"));
  const rest = await dlq("--all", "--yes");
  expect(rest).toMatchObject({ code: 0, output: expect.stringContaining("Discarded 2 of 2 messages") });
  expect((await dlq("--all", "--yes")).output).toContain("is empty. Nothing was discarded.");

  expect(await script("audit-log", ["verify"], platform)).toMatchObject({
    code: 0,
    output: expect.stringContaining("The audit log is intact."),
  });
  const audit = await fetch(`${platform.url}/api/v1/audit?resource=dead_letter`);
  const { entries } = (await audit.json()) as {
    entries: { resource_id: string; before: { body: string }; after: object | null }[];
  };
  const discarded = entries.filter(({ after }) => after === null);
  expect(discarded.map(({ before }) => JSON.parse(before.body).event)).toEqual(["three", "two", "one"]);
  expect(discarded.at(-1)?.resource_id).toBe(first);
});

test("an unknown queue and an unreachable platform are named in the error", async () => {
  expect(await script("dlq", ["show", "nothing"], platform)).toMatchObject({
    code: 1,
    output: expect.stringContaining('Queue "nothing" does not exist. Use one of alerts, incident-events,'),
  });
  expect(await script("dlq", ["list"], { url: "http://localhost:9" })).toMatchObject({
    code: 1,
    output: expect.stringContaining("SQS is not reachable at http://127.0.0.1:12."),
  });
});

async function sendToAlerts(MessageBody: string, MessageGroupId: string): Promise<void> {
  const QueueUrl = await urlOf("alerts.fifo");
  await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId: "poison" }),
  );
}

async function sendToDeadEvents(MessageBody: string, MessageGroupId: string): Promise<void> {
  const QueueUrl = await urlOf("incident-events-dlq.fifo");
  const MessageDeduplicationId = randomUUID();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));
}

async function deadAlerts(): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: await urlOf("alerts-dlq.fifo"),
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

async function urlOf(queue: string): Promise<string> {
  const QueueName = `incident-platform-local-${queue}`;
  return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";
}
