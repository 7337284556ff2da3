import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { NotYet } from "../domain/errors.ts";
import { type Context, withContext } from "../telemetry/context.ts";
import { traceIdOf, traceparentOf } from "../telemetry/trace.ts";
import type { Log } from "../use-cases/ports.ts";

/** Seconds until a failed message comes again, by the number of deliveries so far. */
const backOffSeconds = [2, 10, 60, 300, 300];

export interface ConsumerDeps {
  readonly log: Log;
  /** Lets a message come again after that many seconds, at least 1, instead of the queue's own time-out. */
  readonly retryAfter: (record: SQSRecord, seconds: number) => Promise<void>;
  readonly now: () => number;
}

/**
 * A Lambda handler for a queue. Messages without a group are handled one by one and side by side, those of a
 * FIFO group together and in order; what fails is reported by itself, a group's messages as one.
 *
 * A message that is not of the schema can't ever be handled: it fails quickly, blocking its group for seconds
 * before it reaches the dead-letter queue, and does not drag those behind it along.
 */
export function consumer<T>(
  deps: ConsumerDeps,
  schema: z.ZodType<T>,
  handle: (bodies: readonly T[]) => Promise<void>,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async (event) => {
    const groups = Map.groupBy(event.Records, groupOf);
    const failures = await Promise.all(
      [...groups.values()].map((records) =>
        withContext(contextOf(records), () => handleGroup(deps, schema, handle, records)),
      ),
    );
    return { batchItemFailures: failures.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** Messages of a group are handled together: their trace is that of the first. */
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

/** @returns the records that failed */
async function handleGroup<T>(
  deps: ConsumerDeps,
  schema: z.ZodType<T>,
  handle: (bodies: readonly T[]) => Promise<void>,
  records: readonly SQSRecord[],
): Promise<readonly SQSRecord[]> {
  const read = records.map((record) => ({ record, parsed: parse(schema, record.body) }));
  const poison = read.flatMap(({ record, parsed }) =>
    parsed.success ? [] : [{ record, error: parsed.error }],
  );
  for (const { record, error } of poison) {
    deps.log.error("message not understood", { message_id: record.messageId, error });
  }
  const failed = await giveBack(
    deps,
    poison.map(({ record }) => record),
    () => 1,
  );
  const readable = read.flatMap(({ record, parsed }) =>
    parsed.success ? [{ record, body: parsed.data }] : [],
  );
  if (readable.length === 0) return failed;
  try {
    await handle(readable.map(({ body }) => body));
    return failed;
  } catch (error) {
    if (error instanceof NotYet) deps.log.warn("message comes again", { reason: error.message });
    else deps.log.error("message failed", { error });
    const unhandled = readable.map(({ record }) => record);
    return [
      ...failed,
      ...(await giveBack(deps, unhandled, (record) => secondsUntilRetry(error, record, deps.now()))),
    ];
  }
}

function parse<T>(schema: z.ZodType<T>, body: string): z.ZodSafeParseResult<T> {
  const json = z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  });
  return json.pipe(schema as z.ZodType<T, unknown>).safeParse(body);
}

function secondsUntilRetry(error: unknown, record: SQSRecord, now: number): number {
  if (error instanceof NotYet) return Math.ceil((error.retryAt - now) / 1_000);
  return backOffSeconds[receiveCount(record) - 1] ?? 300;
}

async function giveBack(
  deps: ConsumerDeps,
  records: readonly SQSRecord[],
  secondsFor: (record: SQSRecord) => number,
): Promise<readonly SQSRecord[]> {
  await Promise.all(
    records.map((record) =>
      deps.retryAfter(record, Math.max(1, secondsFor(record))).catch((error) => {
        // The queue's own time-out brings it back.
        deps.log.warn("visibility not changed", { message_id: record.messageId, error });
      }),
    ),
  );
  return records;
}

function receiveCount({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}
