import {
  QueueDoesNotExist,
  type SendMessageBatchRequestEntry,
  type SQSClient,
  SQSServiceException,
} from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { anAlert, monday } from "../../tests/support/builders.ts";
import { memorySqs } from "../../tests/support/memory/memory-sqs.ts";
import { Unavailable } from "../domain/errors.ts";
import { withContext } from "../telemetry/context.ts";
import { groupIdOf } from "./group-id.ts";
import { type OutgoingMessage, sendAll, sendEach } from "./producer.ts";
import { alertQueue } from "./queues.ts";

const schema = z.object({ text: z.string() });
type Message = OutgoingMessage<z.output<typeof schema>>;

const messages = (count: number, groupOf?: (index: number) => string): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    body: { text: `message ${index}` },
    ...(groupOf && { groupId: groupOf(index), deduplicationId: `${index}` }),
  }));

const textsOf = (bodies: readonly string[]) => bodies.map((body) => schema.parse(JSON.parse(body)).text);

describe("messages are sent", () => {
  test.each([
    { count: 0, batches: [] },
    { count: 1, batches: [1] },
    { count: 10, batches: [10] },
    { count: 25, batches: [10, 10, 5] },
  ])("$count of them in batches of $batches", async ({ count, batches }) => {
    const sqs = memorySqs(() => monday);
    expect(await sendAll(sqs.client, "q", schema, messages(count))).toEqual(new Set());
    expect(sqs.batches.map(({ length }) => length)).toEqual(batches);
    expect(textsOf(sqs.queue("q").messages.map(({ body }) => body))).toEqual(
      messages(count).map(({ body }) => body.text),
    );
  });

  test("in batches that weigh less than a mebibyte", async () => {
    const sqs = memorySqs(() => monday);
    const heavy = Array.from({ length: 9 }, () => ({ body: { text: "ä".repeat(125_000) } }));
    await sendAll(sqs.client, "q", schema, heavy);
    expect(sqs.queue("q").messages).toHaveLength(9);
    for (const batch of sqs.batches) {
      const bytes = batch.reduce((sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody), 0);
      expect(bytes).toBeLessThan(1_024 * 1_024);
    }
  });

  test("with the characters that SQS refuses written as escapes", async () => {
    const sqs = memorySqs(() => monday);
    const text = "a\ufffeb\uffffc\u0000d🚨";
    await sendAll(sqs.client, "q", schema, [{ body: { text } }]);
    const [sent = ""] = sqs.queue("q").messages.map(({ body }) => body);
    for (const refused of ["\ufffe", "\uffff", "\u0000", "🚨"]) expect(sent).not.toContain(refused);
    expect(textsOf([sent])).toEqual([text]);
  });

  test("with their delay, group and deduplication id", async () => {
    const sqs = memorySqs(() => monday);
    const outgoing = { body: { text: "a" }, groupId: "g", deduplicationId: "d", delaySeconds: 30 };
    await sendAll(sqs.client, "q", schema, [outgoing]);
    expect(sqs.batches).toEqual([
      [expect.objectContaining({ MessageGroupId: "g", MessageDeduplicationId: "d", DelaySeconds: 30 })],
    ]);
  });
});

describe("a message belongs to the trace", () => {
  const context = (id: string) => ({ traceparent: id, fields: {} });
  const traceOf = ({ MessageAttributes }: SendMessageBatchRequestEntry) =>
    MessageAttributes?.traceparent?.StringValue;

  test("of the work at hand, and to none where there is none", async () => {
    const sqs = memorySqs(() => monday);
    await withContext(context("one"), () => sendAll(sqs.client, "q", schema, messages(1)));
    await sendAll(sqs.client, "q", schema, messages(1));
    expect(sqs.batches.flat().map(traceOf)).toEqual(["one", undefined]);
  });

  test("of its own request, though several share a batch", async () => {
    const sqs = memorySqs(() => monday);
    const queue = alertQueue(sqs.client, "q");
    const ids = Array.from({ length: 5 }, (_, index) => `trace ${index}`);
    await Promise.all(ids.map((id) => withContext(context(id), () => queue.send([anAlert()]))));
    expect(sqs.batches.length).toBeLessThan(ids.length);
    expect(sqs.batches.flat().map(traceOf).toSorted()).toEqual(ids);
  });
});

describe("an entry that the queue refuses", () => {
  test("is tried again", async () => {
    const sqs = memorySqs(() => monday);
    let refusals = 2;
    sqs.refuse(({ Id }) => Id === "1" && refusals-- > 0);
    expect(await sendAll(sqs.client, "q", schema, messages(3))).toEqual(new Set());
    expect(sqs.queue("q").messages).toHaveLength(3);
  });

  test("is tried again for as long as each try gets others sent", async () => {
    const sqs = memorySqs(() => monday);
    const refusals = new Map(Array.from({ length: 9 }, (_, index) => [`${index}`, index]));
    sqs.refuse(({ Id = "" }) => {
      const left = refusals.get(Id) ?? 0;
      refusals.set(Id, left - 1);
      return left > 0;
    });
    expect(await sendAll(sqs.client, "q", schema, messages(9))).toEqual(new Set());
    expect(sqs.batches).toHaveLength(9);
  });

  test("that others of its group have overtaken is reported, not sent behind them", async () => {
    const sqs = memorySqs(() => monday);
    let refusals = 1;
    sqs.refuse(({ Id }) => Id === "0" && refusals-- > 0);
    expect(
      await sendAll(
        sqs.client,
        "q",
        schema,
        messages(2, () => "g"),
      ),
    ).toEqual(new Set([0]));
    expect(sqs.queue("q").messages).toHaveLength(1);
  });

  test("to the end is reported, and none of the others", async () => {
    const sqs = memorySqs(() => monday);
    sqs.refuse(({ Id }) => Id === "1");
    expect(await sendAll(sqs.client, "q", schema, messages(3))).toEqual(new Set([1]));
    await expect(sendEach(sqs.client, "q", schema, messages(3))).rejects.toThrow(Unavailable);
  });

  test("permanently stops later batches of its group, and of no other group", async () => {
    const sqs = memorySqs(() => monday);
    sqs.refuse(({ Id }) => Id === "8");
    const groupOf = (index: number) => (index % 2 === 0 ? "even" : "odd");
    const failed = await sendAll(sqs.client, "q", schema, messages(24, groupOf));
    expect([...failed].filter((index) => index > 9)).toEqual([10, 12, 14, 16, 18, 20, 22]);
    const odd = sqs.queue("q").messages.filter(({ groupId }) => groupId === "odd");
    expect(textsOf(odd.map(({ body }) => body))).toEqual(
      messages(24)
        .map(({ body }) => body.text)
        .filter((_, index) => index % 2 === 1),
    );
  });
});

describe("a queue that does not answer", () => {
  const failing = (error: Error) => {
    let calls = 0;
    const client = {
      send: () => {
        calls += 1;
        return Promise.reject(error);
      },
    } as unknown as SQSClient;
    return { client, calls: () => calls };
  };

  test("leaves all messages unsent", async () => {
    const { client } = failing(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    expect((await sendAll(client, "q", schema, messages(12))).size).toBe(12);
    await expect(sendEach(client, "q", schema, messages(1))).rejects.toThrow(Unavailable);
  });

  test.each([
    Object.assign(new SyntaxError("Unexpected token '<'"), { $response: {} }),
    new QueueDoesNotExist({ message: "gone", $metadata: {} }),
    new SQSServiceException({ name: "Error", $fault: "client", $metadata: { httpStatusCode: 500 } }),
    new SQSServiceException({ name: "RequestThrottled", $fault: "client", $metadata: {} }),
  ])("because of %s is absent", async (error) => {
    await expect(sendEach(failing(error).client, "q", schema, messages(1))).rejects.toThrow(Unavailable);
  });

  test("because we asked wrongly is our error, not its absence", async () => {
    const { client, calls } = failing(new TypeError("no such thing"));
    await expect(sendAll(client, "q", schema, messages(1))).rejects.toThrow(TypeError);
    expect(calls()).toBe(1);
  });
});

test("any text is a group id of what SQS takes, and another text another one", () => {
  const ids = ["", "a", "🚨".repeat(500), "\u0000"].map(groupIdOf);
  for (const id of ids) expect(id).toMatch(/^[\w]{1,128}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
