import type { SQSRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { monday, seconds, sqsRecord } from "../../tests/support/builders.ts";
import { NotYet } from "../domain/errors.ts";
import { currentContext } from "../telemetry/context.ts";
import { consumer } from "./consumer.ts";

const schema = z.object({ name: z.string() });
type Body = z.output<typeof schema>;

/** A consumer that notes what it is handed, and what it gives back for how long. */
function aConsumer(handle: (bodies: readonly Body[]) => Promise<void> = async () => {}) {
  const handled: string[][] = [];
  const retries: Record<string, number> = {};
  const logged: { level: string; message: string }[] = [];
  const log = (level: string) => (message: string) => void logged.push({ level, message });
  const receive = consumer(
    {
      log: { info: log("info"), warn: log("warn"), error: log("error") },
      retryAfter: async ({ messageId }: SQSRecord, after: number) => {
        retries[messageId] = after;
      },
      now: () => monday,
    },
    schema,
    async (bodies) => {
      handled.push(bodies.map(({ name }) => name));
      await handle(bodies);
    },
  );
  const failuresOf = async (...Records: SQSRecord[]) =>
    (await receive({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted();
  return { failuresOf, handled, retries, logged };
}

const message = (name: string, groupId?: string, receiveCount = 1) =>
  sqsRecord({ name }, { messageId: name, receiveCount, ...(groupId !== undefined && { groupId }) });

const failOn =
  (name: string, error: Error = new Error("no")) =>
  async (bodies: readonly Body[]) => {
    if (bodies.some((body) => body.name === name)) throw error;
  };

describe("messages without a group", () => {
  test("are handled one by one, and only what fails is reported", async () => {
    const { failuresOf, handled } = aConsumer(failOn("b"));
    expect(await failuresOf(message("a"), message("b"), message("c"))).toEqual(["b"]);
    expect(handled.toSorted()).toEqual([["a"], ["b"], ["c"]]);
  });
});

describe("the work on a message", () => {
  test("belongs to its trace, and its log lines name it", async () => {
    let seen: ReturnType<typeof currentContext>;
    const { failuresOf } = aConsumer(async () => {
      seen = currentContext();
    });
    const id = "4bf92f3577b34da6a3ce929d0e0e4736";
    const stringValue = `00-${id}-00f067aa0ba902b7-01`;
    await failuresOf({
      ...message("a"),
      messageAttributes: { traceparent: { dataType: "String", stringValue } },
    });
    expect(seen?.fields).toEqual({ message_ids: ["a"], trace_id: id });
    await failuresOf({
      ...message("b"),
      attributes: { ...message("b").attributes, AWSTraceHeader: "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736" },
    });
    expect(seen?.fields).toEqual({ message_ids: ["b"], trace_id: id });
  });
});

describe("messages of a group", () => {
  test("are handled together and in order, and fail together", async () => {
    const { failuresOf, handled } = aConsumer(failOn("a2"));
    const failures = await failuresOf(
      message("a1", "a"),
      message("b1", "b"),
      message("a2", "a"),
      message("b2", "b"),
    );
    expect(failures).toEqual(["a1", "a2"]);
    expect(handled.toSorted()).toEqual([
      ["a1", "a2"],
      ["b1", "b2"],
    ]);
  });
});

describe("a message that is not understood", () => {
  test.each(["not json", "{}", '{"name":1}', "", "null"])("%j fails, and comes again soon", async (body) => {
    const { failuresOf, retries, logged } = aConsumer();
    expect(await failuresOf(sqsRecord(body, { messageId: "bad" }))).toEqual(["bad"]);
    expect(retries).toEqual({ bad: 1 });
    expect(logged).toEqual([{ level: "error", message: "message not understood" }]);
  });

  test("does not drag those of its group along", async () => {
    const { failuresOf, handled } = aConsumer();
    const failures = await failuresOf(
      message("a1", "a"),
      sqsRecord("poison", { messageId: "bad", groupId: "a" }),
      message("a2", "a"),
    );
    expect(failures).toEqual(["bad"]);
    expect(handled).toEqual([["a1", "a2"]]);
  });
});

describe("a message that fails", () => {
  test("comes again later each time", async () => {
    const { failuresOf, retries } = aConsumer(async () => Promise.reject(new Error("no")));
    const deliveries = 5;
    for (let count = 1; count <= deliveries; count += 1) {
      await failuresOf(message(`delivery ${count}`, undefined, count));
    }
    const waits = Object.values(retries);
    expect(waits).toHaveLength(deliveries);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(5);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(60);
  });

  test.each([
    { retryAt: monday + seconds(30), after: 30 },
    { retryAt: monday + 1, after: 1 },
    { retryAt: monday - seconds(5), after: 1 },
  ])("because it is not yet time comes again then: in $after s", async ({ retryAt, after }) => {
    const { failuresOf, retries, logged } = aConsumer(failOn("a", new NotYet("busy", retryAt)));
    expect(await failuresOf(message("a"))).toEqual(["a"]);
    expect(retries).toEqual({ a: after });
    expect(logged).toEqual([{ level: "warn", message: "message comes again" }]);
  });

  test("is reported also when its time can't be set: the queue brings it back", async () => {
    const receive = consumer(
      {
        log: { info: () => {}, warn: () => {}, error: () => {} },
        retryAfter: () => Promise.reject(new Error("no such receipt")),
        now: () => monday,
      },
      schema,
      failOn("a"),
    );
    const { batchItemFailures } = await receive({ Records: [message("a")] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: "a" }]);
  });
});
