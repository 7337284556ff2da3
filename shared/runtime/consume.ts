import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type * as z from "zod";
import { consumer } from "../queue/consumer.ts";
import { retryAfter } from "../queue/visibility.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { metrics } from "./metrics.ts";
import { once } from "./once.ts";
import { clock, log, sqs } from "./world.ts";

/** A Lambda handler for a queue; see `consumer`. */
export function consume<T>(
  queue: QueueVariable,
  schema: z.ZodType<T>,
  handle: (bodies: readonly T[]) => Promise<void>,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const handler = once(() =>
    consumer({ log: log(), retryAfter: retryAfter(sqs(), queueUrl(queue)), now: clock }, schema, handle),
  );
  return async (event) => {
    const response = await handler()(event);
    await metrics().flushIfDue();
    return response;
  };
}
