import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { RetryLater } from "../domain/errors.ts";
import { type Context, withContext, withSignal } from "../telemetry/context.ts";
import { traceIdOf, traceparentOf } from "../telemetry/trace.ts";
import type { Delivery, Log } from "../use-cases/ports/system.ts";
import { backOffSeconds, failureLimit, isTransient, transientDelaySeconds } from "./retry-delay.ts";

interface ConsumerDeps {
  readonly log: Log;
  /** Makes a message visible again after a number of seconds, at least 1, instead of the queue's timeout. */
  readonly retryAfter: (record: SQSRecord, seconds: number) => Promise<void>;
  /** Counts a failure of a message. @returns its number of failures */
  readonly countFailure: (record: SQSRecord) => Promise<number>;
  /** Resets the failure count of a message. */
  readonly resetFailures: (record: SQSRecord) => Promise<void>;
  /** Moves a message to the dead-letter queue. */
  readonly giveUp: (record: SQSRecord, reason: string) => Promise<void>;
  readonly now: () => number;
  /** Random number in [0, 1). */
  readonly random: () => number;
}

/** Lambda context with the remaining time. */
export interface FunctionContext {
  getRemainingTimeInMillis(): number;
}

export type Handle<T> = (bodies: readonly T[], deliveries: readonly Delivery[]) => Promise<void>;

interface Readable<T> {
  readonly record: SQSRecord;
  readonly body: T;
}

/** Thrown when the function's time limit is reached. */
class OutOfTime extends RetryLater {}

/** Time reserved at the end of an invocation to report failed messages. */
const reserveMs = 1_000;
/** Receives after which runs that start with a message and do not finish are counted. */
const suspiciousAfterReceives = 50;
const maxUnfinishedStarts = 100;
/** Delay of messages that exceeded the function's time. */
const lateSeconds = 2;
/** Delay of messages that wait for an earlier one in their group. */
const nextSeconds = 1;
/** Delay of an unreadable message, which a newer function may be able to parse. */
const unreadableSeconds = 1;

/**
 * Returns a Lambda handler for a queue. Messages without a group are handled concurrently, messages of a FIFO
 * group together and in order. Failures are reported per message.
 *
 * A message is given up after five failures caused by itself. Outages, contention, crashes and timeouts are
 * not counted. An unreadable message is given up at its fifth receive, and does not affect the messages
 * behind it.
 */
export function consumer<T>(
  deps: ConsumerDeps,
  schema: z.ZodType<T>,
  handle: Handle<T>,
): (event: SQSEvent, context?: FunctionContext) => Promise<SQSBatchResponse> {
  return async (event, context) => {
    const groups = Map.groupBy(event.Records, groupOf);
    const time = limitTime(deps, context);
    try {
      const failures = await Promise.all(
        [...groups.values()].map((records) =>
          withContext(contextOf(records), () =>
            handleGroup(deps, schema, (...parts) => time.within(() => handle(...parts)), records),
          ),
        ),
      );
      return { batchItemFailures: failures.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
    } finally {
      time.end();
    }
  };
}

/** Messages of a group are handled together, in the trace of the first one. */
function contextOf(records: readonly SQSRecord[]): Context {
  const [first] = records;
  const traceparent = traceparentOf({
    traceparent: first?.messageAttributes.traceparent?.stringValue,
    xray: first?.attributes.AWSTraceHeader,
  });
  const message_ids = records.map(({ messageId }) => messageId);
  return { traceparent, fields: { message_ids, trace_id: traceIdOf(traceparent) } };
}

function groupOf({ attributes, messageId }: SQSRecord): string {
  return attributes.MessageGroupId ?? messageId;
}

/**
 * Ends the wait for work shortly before the function times out, so that the affected messages are retried
 * sooner. Later AWS calls of the abandoned work fail, even if the next invocation resumes it.
 */
function limitTime(deps: ConsumerDeps, context: FunctionContext | undefined) {
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => {});
  const abandoned = new AbortController();
  const abandon = () => {
    reject(new OutOfTime("the function ran out of time", deps.now() + lateSeconds * 1_000));
    abandoned.abort();
  };
  const timer = context && setTimeout(abandon, Math.max(0, context.getRemainingTimeInMillis() - reserveMs));
  return {
    within: (work: () => Promise<void>) => Promise.race([withSignal(abandoned.signal, work), over]),
    end: () => clearTimeout(timer),
  };
}

/** @returns the records to retry */
async function handleGroup<T>(
  deps: ConsumerDeps,
  schema: z.ZodType<T>,
  handle: Handle<T>,
  records: readonly SQSRecord[],
): Promise<readonly SQSRecord[]> {
  const readable: Readable<T>[] = [];
  const again: SQSRecord[] = [];
  for (const record of records) {
    const parsed = parse(schema, record.body);
    if (parsed.success) readable.push({ record, body: parsed.data });
    else if (!(await dropUnreadable(deps, record, oneLine(parsed.error)))) again.push(record);
  }
  return [...again, ...(await handleReadable(deps, handle, readable))];
}

/**
 * Handles messages of a group together, or one by one after a failure, to find the failing one. If the first
 * message is suspicious, only one message is handled per batch, so that the first one is always the cause of
 * a crash.
 */
async function handleReadable<T>(
  deps: ConsumerDeps,
  handle: Handle<T>,
  messages: readonly Readable<T>[],
): Promise<readonly SQSRecord[]> {
  const [first, ...behind] = messages;
  if (!first) return [];
  const later = isSuspicious(first.record) ? behind.map(({ record }) => record) : [];
  const together = later.length > 0 ? [first] : messages;
  try {
    if (await crashesConsumer(deps, first.record)) return handleReadable(deps, handle, behind);
    await handle(
      together.map(({ body }) => body),
      together.map(({ record }) => deliveryOf(record)),
    );
    await makeVisible(deps, later, nextSeconds);
    return later;
  } catch (error) {
    if (together.length === 1 || isTransient(error)) {
      const again = await afterFailure(deps, messages, error);
      return again.length > 0 ? again : handleReadable(deps, handle, behind);
    }
  }
  for (const [index, message] of messages.entries()) {
    try {
      await handle([message.body], [{ ...deliveryOf(message.record), repeated: true }]);
    } catch (error) {
      const again = await afterFailure(deps, messages.slice(index), error);
      if (again.length > 0) return again;
    }
  }
  return [];
}

/**
 * Gives up a message that crashes its consumer every time, so that no failure is ever counted. Counts runs
 * that started without finishing since the last finished run, so an outage gives nothing up.
 */
async function crashesConsumer(deps: ConsumerDeps, record: SQSRecord): Promise<boolean> {
  if (!isSuspicious(record)) return false;
  const starts = await deps.countFailure(startRecordOf(record));
  if (starts <= maxUnfinishedStarts) return false;
  await deps.giveUp(record, "its consumer never finished processing it");
  deps.log.error("message failed, no more retries", { message_id: record.messageId, begun: starts });
  return true;
}

/**
 * Records that a run with a message finished, even with an error, so the message does not crash its consumer.
 */
async function recordEnd(deps: ConsumerDeps, record: SQSRecord, error: unknown): Promise<void> {
  if (!isSuspicious(record) || error instanceof OutOfTime) return;
  await deps.resetFailures(startRecordOf(record)).catch((unavailable) => {
    deps.log.warn("end of a run not recorded", { message_id: record.messageId, error: unavailable });
  });
}

/** Returns the record with the message ID under which its starts are counted. */
function startRecordOf(record: SQSRecord): SQSRecord {
  return { ...record, messageId: `${record.messageId}#begun` };
}

/** @param messages the failed message and those behind it in its group @returns the records to retry */
async function afterFailure<T>(
  deps: ConsumerDeps,
  messages: readonly Readable<T>[],
  error: unknown,
): Promise<readonly SQSRecord[]> {
  const records = messages.map(({ record }) => record);
  const [failed] = records;
  if (!failed) return [];
  await recordEnd(deps, failed, error);
  const seconds = isTransient(error) ? waitSeconds(deps, failed, error) : await count(deps, failed, error);
  if (seconds === "given up") return [];
  await makeVisible(deps, records, seconds);
  return records;
}

/** Returns the delay in seconds after a temporary error. */
function waitSeconds(deps: ConsumerDeps, record: SQSRecord, error: unknown): number {
  const seconds =
    error instanceof RetryLater
      ? Math.max(1, Math.ceil((error.retryAt - deps.now()) / 1_000))
      : transientDelaySeconds(receiveCount(record), deps.random);
  deps.log.warn("message will be retried", { reason: oneLine(error), retry_in_seconds: seconds });
  return seconds;
}

/** Counts a failure caused by the message. The last one gives it up. @returns the delay in seconds */
async function count(deps: ConsumerDeps, record: SQSRecord, error: unknown): Promise<number | "given up"> {
  try {
    const failures = await deps.countFailure(record);
    const seconds = backOffSeconds[failures - 1];
    if (failures < failureLimit && seconds !== undefined) {
      deps.log.error("message failed", { error, failures, retry_in_seconds: seconds });
      return seconds;
    }
    await deps.giveUp(record, oneLine(error));
    deps.log.error("message failed, no more retries", { error, failures });
    return "given up";
  } catch (unavailable) {
    deps.log.error("message failed", { error });
    return waitSeconds(deps, record, unavailable);
  }
}

/** @returns false while the message is to be retried */
async function dropUnreadable(deps: ConsumerDeps, record: SQSRecord, reason: string): Promise<boolean> {
  const fields = { message_id: record.messageId, reason };
  if (receiveCount(record) < failureLimit) {
    deps.log.error("message unreadable", fields);
    await makeVisible(deps, [record], unreadableSeconds);
    return false;
  }
  try {
    await deps.giveUp(record, reason);
    deps.log.error("message unreadable, no more retries", fields);
    return true;
  } catch (error) {
    await makeVisible(deps, [record], waitSeconds(deps, record, error));
    return false;
  }
}

/** Parses a body as the message's consumer does; undefined if it is invalid. */
export function readBody<T>(schema: z.ZodType<T>, body: string): T | undefined {
  return parse(schema, body).data;
}

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue("not JSON");
    return z.NEVER;
  }
});

function parse<T>(schema: z.ZodType<T>, body: string): z.ZodSafeParseResult<T> {
  const parsed = json.safeParse(body);
  return parsed.success ? schema.safeParse(parsed.data) : (parsed as z.ZodSafeParseError<T>);
}

/** Formats an error as one line for people, with the path of each fault. */
function oneLine(error: unknown): string {
  if (error instanceof z.ZodError) {
    const faults = error.issues.map(({ path, message }) =>
      [path.join("."), message].filter(Boolean).join(": "),
    );
    return faults.join("; ");
  }
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
}

async function makeVisible(
  deps: ConsumerDeps,
  records: readonly SQSRecord[],
  seconds: number,
): Promise<void> {
  await Promise.all(
    records.map((record) =>
      deps.retryAfter(record, seconds).catch((error) => {
        // The message becomes visible after the queue's timeout.
        deps.log.warn("visibility not changed", { message_id: record.messageId, error });
      }),
    ),
  );
}

function deliveryOf(record: SQSRecord): Delivery {
  return { repeated: receiveCount(record) !== 1, sentAt: Number(record.attributes.SentTimestamp) };
}

function isSuspicious(record: SQSRecord): boolean {
  return receiveCount(record) > suspiciousAfterReceives;
}

function receiveCount({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}
