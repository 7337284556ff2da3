import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { monday, seconds, sqsRecord } from "../../tests/support/builders.ts";
import { RetryLater, StaleVersion, Unavailable } from "../domain/errors.ts";
import { currentContext } from "../telemetry/context.ts";
import { consumer, type FunctionContext, type Handle } from "./consumer.ts";

const schema = z.object({ name: z.string() });
type Body = z.output<typeof schema>;

/** A consumer that notes what it is handed, and what it gives back for how long. */
function aConsumer(handle: Handle<Body> = async () => {}) {
  const handled: string[][] = [];
  const failures = new Map<string, number>();
  const givenUp: Record<string, string> = {};
  const retries: Record<string, number> = {};
  const logged: { level: string; message: string; fields?: Record<string, unknown> | undefined }[] = [];
  const log = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    void logged.push({ level, message, fields });
  const receive = consumer(
    {
      log: { info: log("info"), warn: log("warn"), error: log("error") },
      retryAfter: async ({ messageId }: SQSRecord, after: number) => {
        retries[messageId] = after;
      },
      countFailure: async ({ messageId }) => {
        failures.set(messageId, (failures.get(messageId) ?? 0) + 1);
        return failures.get(messageId) ?? 0;
      },
      resetFailures: async ({ messageId }) => void failures.delete(messageId),
      giveUp: async ({ messageId }, reason) => {
        givenUp[messageId] = reason;
      },
      now: () => monday,
      random: () => 0.999,
    },
    schema,
    async (bodies, deliveries) => {
      handled.push(bodies.map(({ name }) => name));
      await handle(bodies, deliveries);
    },
  );
  const run = async (Records: SQSRecord[], context?: FunctionContext) =>
    (await receive({ Records }, context)).batchItemFailures
      .map(({ itemIdentifier }) => itemIdentifier)
      .toSorted();
  const failuresOf = (...records: SQSRecord[]) => run(records);
  return { run, failuresOf, handled, retries, logged, failures, givenUp };
}

const message = (name: string, groupId?: string, receiveCount = 1) =>
  sqsRecord({ name }, { messageId: name, receiveCount, ...(groupId !== undefined && { groupId }) });

const failOn =
  (name: string, error: Error = new Error("no")) =>
  async (bodies: readonly Body[]) => {
    if (bodies.some((body) => body.name === name)) throw error;
  };

/** Its consumer's time is over before it is done. */
const neverEndOn = (name: string) => async (bodies: readonly Body[]) => {
  if (bodies.some((body) => body.name === name)) await new Promise(() => {});
};
const noTime: FunctionContext = { getRemainingTimeInMillis: () => 0 };

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
  test("are handled together and in order", async () => {
    const { failuresOf, handled } = aConsumer();
    await failuresOf(message("a1", "a"), message("b1", "b"), message("a2", "a"), message("b2", "b"));
    expect(handled.toSorted()).toEqual([
      ["a1", "a2"],
      ["b1", "b2"],
    ]);
  });

  test("are handled one by one when one fails: those before it are done, those behind it wait", async () => {
    const { failuresOf, retries, failures } = aConsumer(failOn("a2"));
    const group = [message("a1", "a"), message("a2", "a"), message("a3", "a")];
    expect(await failuresOf(...group, message("b1", "b"))).toEqual(["a2", "a3"]);
    expect(retries).toEqual({ a2: 2, a3: 2 });
    expect(failures).toEqual(new Map([["a2", 1]]));
  });

  test("go on behind one that is given up", async () => {
    const { failuresOf, givenUp, failures, handled } = aConsumer(failOn("a1"));
    failures.set("a1", 4);
    expect(await failuresOf(message("a1", "a"), message("a2", "a"))).toEqual([]);
    expect(givenUp).toEqual({ a1: "no" });
    expect(handled.at(-1)).toEqual(["a2"]);
  });

  test("come again together when a dependency is down", async () => {
    const { failuresOf, handled, failures } = aConsumer(failOn("a2", new Unavailable("The database")));
    expect(await failuresOf(message("a1", "a"), message("a2", "a"))).toEqual(["a1", "a2"]);
    expect(handled).toEqual([["a1", "a2"]]);
    expect(failures.size).toBe(0);
  });
});

describe("a message that is not understood", () => {
  // Requests word their faults for people. Test files of one worker share that setting, which no consumer has.
  const { customError } = z.config();
  beforeAll(() => void z.config({ customError: undefined }));
  afterAll(() => void z.config({ customError }));

  test.each([
    { body: "not json", reason: "not JSON" },
    { body: "{}", reason: "name: Invalid input: expected string, received undefined" },
    { body: '{"name":1}', reason: "name: Invalid input: expected string, received number" },
    { body: "", reason: "not JSON" },
    { body: "null", reason: "Invalid input: expected object, received null" },
  ])("$body fails, and comes again soon; the log says why in a line", async ({ body, reason }) => {
    const { failuresOf, retries, logged } = aConsumer();
    expect(await failuresOf(sqsRecord(body, { messageId: "bad" }))).toEqual(["bad"]);
    expect(retries).toEqual({ bad: 1 });
    expect(logged).toEqual([
      { level: "error", message: "message unreadable", fields: { message_id: "bad", reason } },
    ]);
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

  test("is given up when it is received for the fifth time", async () => {
    const { failuresOf, givenUp } = aConsumer();
    const poison = (receiveCount: number) => sqsRecord("poison", { messageId: "bad", receiveCount });
    expect(await failuresOf(poison(4))).toEqual(["bad"]);
    expect(await failuresOf(poison(5))).toEqual([]);
    expect(givenUp).toEqual({ bad: "not JSON" });
  });
});

describe("a message that fails", () => {
  test("comes again later each time, and is given up after the fifth failure", async () => {
    const { failuresOf, retries, givenUp } = aConsumer(failOn("a", new Error("no\nluck")));
    const waits: (number | undefined)[] = [];
    for (let count = 1; count <= 4; count += 1) {
      expect(await failuresOf(message("a"))).toEqual(["a"]);
      waits.push(retries.a);
    }
    expect(waits).toEqual([2, 10, 60, 300]);
    expect(await failuresOf(message("a"))).toEqual([]);
    expect(givenUp).toEqual({ a: "no luck" });
  });

  test("that crashes its consumer each time is given up, and the messages behind it in its group continue", async () => {
    const { run, handled, givenUp } = aConsumer(neverEndOn("a1"));
    const begin = (receiveCount: number) =>
      run([message("a1", "a", receiveCount), message("a2", "a")], noTime);
    for (let count = 1; count <= 150; count += 1) expect(await begin(count)).toEqual(["a1", "a2"]);
    expect(await begin(151)).toEqual([]);
    expect(Object.keys(givenUp)).toEqual(["a1"]);
    expect(handled.at(-1)).toEqual(["a2"]);
  });

  test("for a temporary failure never becomes a dead letter, and only consecutive runs that never end are counted", async () => {
    let error: Error | undefined = new Unavailable("The queue");
    const { run, givenUp } = aConsumer(async () => {
      if (error) throw error;
      await new Promise(() => {});
    });
    const receive = (receiveCount: number) => run([message("a", undefined, receiveCount)], noTime);
    for (let count = 1; count <= 400; count += 1) {
      // Each hundredth run ends, whatever by.
      error = count > 200 && count % 100 !== 0 ? undefined : new Unavailable("The queue");
      expect(await receive(count)).toEqual(["a"]);
    }
    expect(givenUp).toEqual({});
  });

  test("to end its consumer's work is found wherever it is in its group, and no other is given up", async () => {
    const queue = ["a1", "a2", "a3", "a4"];
    const { run, givenUp } = aConsumer(neverEndOn("a3"));
    for (let received = 1; received <= 300 && queue.length > 0; received += 1) {
      const records = queue.map((name) => message(name, "a", received));
      const failed = await run(records, noTime);
      queue.splice(0, queue.length, ...failed);
    }
    expect(queue).toEqual([]);
    expect(Object.keys(givenUp)).toEqual(["a3"]);
  });

  test("of its own after many receives is given up with its fifth failure, and those behind it go on", async () => {
    const { failuresOf, givenUp, failures, handled } = aConsumer(failOn("a1"));
    const group = () => ["a1", "a2", "a3"].map((name) => message(name, "a", 60));
    for (let failed = 1; failed <= 4; failed += 1) {
      expect(await failuresOf(...group())).toEqual(["a1", "a2", "a3"]);
      expect(failures.get("a1")).toBe(failed);
    }
    expect(await failuresOf(...group())).toEqual(["a3"]);
    expect(givenUp).toEqual({ a1: "no" });
    expect(handled).toEqual([["a1"], ["a1"], ["a1"], ["a1"], ["a1"], ["a2"]]);
  });

  test("for the first time after many receives comes again as soon as any other", async () => {
    const { failuresOf, retries } = aConsumer(failOn("a"));
    await failuresOf(message("a", undefined, 90));
    expect(retries).toEqual({ a: 2 });
  });

  test.each([
    new Unavailable("The database"),
    new StaleVersion("changed meanwhile"),
    Object.assign(new Error("read"), { code: "ECONNRESET" }),
  ])("because of $name comes again within 2 to 30 s, however often it was received", async (error) => {
    const { failuresOf, retries, failures } = aConsumer(failOn("a", error));
    const waits: (number | undefined)[] = [];
    for (const count of [1, 2, 3, 5, 50, 999]) {
      expect(await failuresOf(message("a", undefined, count))).toEqual(["a"]);
      waits.push(retries.a);
    }
    expect(waits).toEqual([2, 4, 8, 30, 30, 30]);
    expect(failures.get("a")).toBeUndefined();
  });

  test.each([
    { retryAt: monday + seconds(30), after: 30 },
    { retryAt: monday + 1, after: 1 },
    { retryAt: monday - seconds(5), after: 1 },
  ])("because it is not yet time comes again then: in $after s", async ({ retryAt, after }) => {
    const { failuresOf, retries, logged } = aConsumer(failOn("a", new RetryLater("busy", retryAt)));
    expect(await failuresOf(message("a"))).toEqual(["a"]);
    expect(retries).toEqual({ a: after });
    expect(logged).toEqual([
      {
        level: "warn",
        message: "message will be retried",
        fields: { reason: "busy", retry_in_seconds: after },
      },
    ]);
  });

  test("because the function's time is over comes again, and what was done in time does not", async () => {
    const { run, retries, failures } = aConsumer(async ([body]) => {
      if (body?.name === "slow") await new Promise(() => {});
    });
    const context = { getRemainingTimeInMillis: () => 1_020 };
    expect(await run([message("slow"), message("quick")], context)).toEqual(["slow"]);
    expect(retries).toEqual({ slow: 2 });
    expect(failures.size).toBe(0);
  });

  test("because the function's time is over has its further calls aborted, and only those", async () => {
    const signals: Record<string, AbortSignal | undefined> = {};
    const see = (name: string) => {
      signals[name] = currentContext()?.signal;
    };
    const receive = consumer(
      {
        log: { info: () => {}, warn: () => {}, error: () => {} },
        retryAfter: async () => see("retryAfter"),
        countFailure: async () => {
          see("countFailure");
          return 101;
        },
        resetFailures: async () => {},
        giveUp: async () => see("giveUp"),
        now: () => monday,
        random: () => 0,
      },
      schema,
      async ([body]) => {
        see(body?.name ?? "");
        if (body?.name === "slow") await new Promise(() => {});
      },
    );
    await receive({ Records: [message("slow"), message("often", undefined, 51), message("quick")] }, noTime);
    expect(signals.slow?.aborted).toBe(true);
    const others = { retryAfter: undefined, countFailure: undefined, giveUp: undefined };
    expect(signals).toMatchObject(others);
    expect(Object.keys(signals)).toEqual(expect.arrayContaining(Object.keys(others)));
    await receive({ Records: [message("quick")] }, { getRemainingTimeInMillis: () => 60_000 });
    expect(signals.quick?.aborted).toBe(false);
  });

  test("stays while neither its failure can be counted nor its dead letter be sent", async () => {
    const down = () => Promise.reject(new Unavailable("The database"));
    for (const faults of [{ countFailure: down }, { giveUp: down }]) {
      const retries: number[] = [];
      const receive = consumer(
        {
          log: { info: () => {}, warn: () => {}, error: () => {} },
          retryAfter: async (_, after) => void retries.push(after),
          countFailure: async () => 5,
          resetFailures: async () => {},
          giveUp: async () => {},
          now: () => monday,
          random: () => 0,
          ...faults,
        },
        schema,
        failOn("a"),
      );
      const { batchItemFailures } = await receive({ Records: [message("a")] });
      expect(batchItemFailures).toEqual([{ itemIdentifier: "a" }]);
      expect(retries).toEqual([2]);
    }
  });

  test("is reported also when its time can't be set: the queue brings it back", async () => {
    const receive = consumer(
      {
        log: { info: () => {}, warn: () => {}, error: () => {} },
        retryAfter: () => Promise.reject(new Error("no such receipt")),
        countFailure: async () => 1,
        resetFailures: async () => {},
        giveUp: async () => {},
        now: () => monday,
        random: () => 0,
      },
      schema,
      failOn("a"),
    );
    const { batchItemFailures } = await receive({ Records: [message("a")] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: "a" }]);
  });
});

test("passes the handler which messages it may have handled before", async () => {
  const calls: string[] = [];
  const { failuresOf } = aConsumer(async (bodies, deliveries) => {
    calls.push(deliveries.map(({ repeated }, index) => `${bodies[index]?.name} ${repeated}`).join());
    if (bodies.length > 1) throw new Error("no");
  });
  await failuresOf(message("a", "g"), message("b", "g", 2));
  expect(calls).toEqual(["a false,b true", "a true", "b true"]);
});
