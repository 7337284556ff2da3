import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import type { EventSource } from "./event-sources.ts";
import { succeeded, toRecord } from "./sqs-event.ts";

export interface PollerOptions {
  readonly source: Omit<EventSource, "functionKey">;
  readonly sqs: SQSClient;
  readonly region: string;
  /** Runs the function; rejects if it threw or timed out. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  /** Told once when the broker is lost and once when it is back. */
  readonly report: (line: string) => void;
}

export interface Poller {
  /** Receives no more; resolves once the running batches have ended. */
  stop(): Promise<void>;
}

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;

/**
 * Lambda's event source mapping for one queue: receives in one loop and runs up to `maximumConcurrency` batches
 * beside it. Deletes what succeeded and leaves the rest to the queue's visibility timeout.
 */
export function startPoller({ source, sqs, region, invoke, report }: PollerOptions): Poller {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const loop = poll();
  return {
    async stop() {
      stopping.abort();
      await loop;
      await Promise.all(running);
    },
  };

  async function poll(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const messages = await receive();
        if (failures > 0) report(`${queueName()}: the broker is back.`);
        failures = 0;
        if (messages.length > 0) start(messages);
        if (running.size >= source.maximumConcurrency) await Promise.race(running);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0)
          report(`${queueName()}: the broker doesn't answer (${describe(error)}); trying on.`);
        failures += 1;
        const ceilingMs = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS);
        await delay(ceilingMs * (0.5 + Math.random() / 2), undefined, { signal: stopping.signal }).catch(
          () => {},
        );
      }
    }
  }

  async function receive(): Promise<Message[]> {
    const answer = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: source.queueUrl,
        MaxNumberOfMessages: Math.min(source.batchSize, 10),
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
      { abortSignal: stopping.signal },
    );
    return answer.Messages ?? [];
  }

  function start(messages: Message[]): void {
    const batch = handle(messages).finally(() => running.delete(batch));
    running.add(batch);
  }

  async function handle(messages: Message[]): Promise<void> {
    try {
      const answer = await invoke({
        Records: messages.map((message) => toRecord(message, { arn: source.arn, region })),
      });
      const done = succeeded(messages, answer, source.reportsFailures);
      if (done.length > 0) await remove(done);
    } catch {
      // Whoever invokes logs what a function throws; an undeleted message comes again. The queue retries both.
    }
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    const Entries = messages.map((message, index) => ({
      Id: `${index}`,
      ReceiptHandle: message.ReceiptHandle,
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries }));
  }

  function queueName(): string {
    return source.queueUrl.split("/").at(-1) ?? source.queueUrl;
  }
}

function describe(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? String(error);
}
