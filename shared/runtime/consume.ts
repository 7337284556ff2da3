import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type * as z from "zod";
import { lazy } from "../caching/lazy.ts";
import { consumer, type FunctionContext, type Handle } from "../queue/consumer.ts";
import { giveUp } from "../queue/dead-letter.ts";
import { retryAfter } from "../queue/visibility.ts";
import { messageFailures } from "../storage/message-failures.ts";
import { type QueueVariable, queueUrl } from "./config.ts";
import { metrics } from "./metrics.ts";
import { clock, log, sqs } from "./system.ts";
import { table } from "./table.ts";

/** Creates a Lambda handler for a queue; see `consumer`. */
export function consume<T>(
  queues: { readonly queue: QueueVariable; readonly deadLetters: QueueVariable },
  schema: z.ZodType<T>,
  handle: Handle<T>,
): (event: SQSEvent, context?: FunctionContext) => Promise<SQSBatchResponse> {
  const handler = lazy(() => {
    const failures = messageFailures(table());
    const deps = {
      log: log(),
      retryAfter: retryAfter(sqs(), queueUrl(queues.queue)),
      countFailure: ({ messageId }: { messageId: string }) => failures.count(messageId, clock()),
      resetFailures: ({ messageId }: { messageId: string }) => failures.reset(messageId, clock()),
      giveUp: giveUp(sqs(), queueUrl(queues.deadLetters)),
      now: clock,
      random: Math.random,
    };
    return consumer(deps, schema, handle);
  });
  return async (event, context) => {
    const response = await handler()(event, context);
    await metrics().flushIfDue();
    return response;
  };
}
