import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Clock } from "../../../shared/use-cases/ports/system.ts";
import { trackWaiting } from "../../../shared/use-cases/waiting-since.ts";
import type { ExporterMetrics } from "../metrics.ts";
import { freshForMs, type Source } from "../source.ts";

interface QueuesDeps {
  readonly sqs: SQSClient;
  /** Queue URLs by short name. Their dead-letter queues are looked up. */
  readonly queues: Readonly<Record<string, string>>;
  readonly metrics: ExporterMetrics;
  readonly clock: Clock;
}

const count = z.coerce.number().default(0);
const attributesSchema = z.object({
  ApproximateNumberOfMessages: count,
  ApproximateNumberOfMessagesNotVisible: count,
  ApproximateNumberOfMessagesDelayed: count,
  RedrivePolicy: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ deadLetterTargetArn: z.string() }))
    .optional(),
});

interface Reading {
  readonly queue: string;
  readonly depth: number;
  readonly ageSeconds: number;
}

/**
 * Depth and age of the queues. The age is the time since the exporter last saw the queue without waiting messages.
 * Delayed and in-flight messages do not count as waiting. In a dead-letter queue all messages do.
 */
export function queuesSource({ sqs, queues, metrics, clock }: QueuesDeps): Source {
  const waitingSince = trackWaiting();
  const deadLetterUrls = new Map<string, string>();

  async function attributesOf(url: string) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    return attributesSchema.parse(Attributes ?? {});
  }

  function readingOf(
    queue: string,
    attributes: z.output<typeof attributesSchema>,
    isDeadLetter: boolean,
  ): Reading {
    const visible = attributes.ApproximateNumberOfMessages;
    const depth =
      visible +
      attributes.ApproximateNumberOfMessagesNotVisible +
      attributes.ApproximateNumberOfMessagesDelayed;
    const now = clock();
    const since = waitingSince(queue, isDeadLetter ? depth : visible, now) ?? now;
    return { queue, depth, ageSeconds: (now - since) / 1_000 };
  }

  async function deadLetterUrlOf(arn: string): Promise<string> {
    const known = deadLetterUrls.get(arn);
    if (known) return known;
    const { QueueUrl = "" } = await sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(":").at(-1) }));
    deadLetterUrls.set(arn, QueueUrl);
    return QueueUrl;
  }

  /**
   * Reads a queue and its dead-letter queue. Rejects if one of them cannot be read, and leaves that one out
   * of the result.
   */
  async function readPair(queue: string, url: string, found: Reading[]): Promise<void> {
    const attributes = await attributesOf(url);
    found.push(readingOf(queue, attributes, false));
    const arn = attributes.RedrivePolicy?.deadLetterTargetArn;
    if (arn === undefined) return;
    found.push(readingOf(`${queue}-dlq`, await attributesOf(await deadLetterUrlOf(arn)), true));
  }

  return {
    name: "queues",
    metrics: ["queue_depth", "queue_oldest_age_seconds"],
    freshForMs,
    async read() {
      const found: Reading[] = [];
      const names = Object.keys(queues);
      const results = await Promise.allSettled(
        Object.entries(queues).map(([queue, url]) => readPair(queue, url, found)),
      );
      metrics.replace(
        "queue_depth",
        found.map(({ queue, depth }) => ({ labels: { queue }, value: depth })),
      );
      metrics.replace(
        "queue_oldest_age_seconds",
        found.map(({ queue, ageSeconds }) => ({ labels: { queue }, value: ageSeconds })),
      );
      const failed = names.filter((_, index) => results[index]?.status === "rejected");
      const failure = results.find((result) => result.status === "rejected");
      if (failure) throw new Error(`no response for ${failed.join(", ")}`, { cause: failure.reason });
    },
    close: async () => {},
  };
}
