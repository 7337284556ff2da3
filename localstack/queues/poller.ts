import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { gather } from "../../shared/queue/gather.ts";
import type { EventSource } from "./event-sources.ts";
import { succeeded, toRecord } from "./sqs-event.ts";

export interface PollerOptions {
  readonly source: Omit<EventSource, "functionKey">;
  readonly sqs: SQSClient;
  readonly region: string;
  /** Runs the function. Rejects if it throws. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  /** Called when the connection to the broker is lost, and when it is restored. */
  readonly report: (line: string) => void;
  /** Visibility timeout of a message, extended while it is being handled. */
  readonly holdSeconds?: number;
}

export interface Poller {
  /** Stops receiving. Resolves once messages in progress are finished. */
  stop(): Promise<void>;
}

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;
const HOLD_SECONDS = 30;
/**
 * Consecutive failed runs after which a dependency is assumed down, and messages are tried in small numbers.
 */
const FAILURES_UNTIL_SLOW = 10;
const SLOW_MS = 1_000;
/** Seconds until a message that was received again and failed is retried. */
const ANEW_SECONDS = 2;
/** Limit of a batch request. */
const PER_REQUEST = 10;

/**
 * Lambda's event source mapping for one queue. Each message, or FIFO group of a batch, is a run of its own,
 * so a slow one does not block others. At most `maximumConcurrency` batches are in progress.
 *
 * The visibility of a message is extended while it is handled, and a successful one is deleted. A failed one
 * is retried after the delay set by its consumer, or when its visibility timeout ends.
 */
export function startPoller(options: PollerOptions): Poller {
  const { source, sqs, region, invoke, report, holdSeconds = HOLD_SECONDS } = options;
  const { queueUrl, batchSize } = source;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  /**
   * Latest receipts of the messages in progress, by ID. A message that is received again gets a new receipt.
   */
  const receipts = new Map<string, string>();
  const removeGathered = gather(remove);
  let failuresInARow = 0;
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
        if (failures > 0) report(`${queueName()}: the broker responds again.`);
        failures = 0;
        for (const group of fifoGroupsOf(messages.filter(isNew))) start(group);
        // Their functions send their first requests before the next receive.
        await nextTurn();
        while (receipts.size > (source.maximumConcurrency - 1) * batchSize) await Promise.race(running);
        if (failuresInARow >= FAILURES_UNTIL_SLOW) await pause(SLOW_MS);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0)
          report(`${queueName()}: the broker does not respond (${describe(error)}); retrying.`);
        failures += 1;
        const ceilingMs = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS);
        await pause(ceilingMs * (0.5 + Math.random() / 2));
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }

  async function receive(): Promise<Message[]> {
    const response = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(batchSize, PER_REQUEST),
        VisibilityTimeout: holdSeconds,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
      { abortSignal: stopping.signal },
    );
    return response.Messages ?? [];
  }

  /**
   * Returns false for a message in progress, which is received again if this process was suspended for longer
   * than the visibility timeout.
   */
  function isNew({ MessageId = "", ReceiptHandle = "" }: Message): boolean {
    const known = receipts.has(MessageId);
    receipts.set(MessageId, ReceiptHandle);
    return !known;
  }

  function start(messages: readonly Message[]): void {
    const run = handle(messages).finally(() => {
      for (const { MessageId = "" } of messages) receipts.delete(MessageId);
      running.delete(run);
    });
    running.add(run);
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const holding = setInterval(() => hold(messages), (holdSeconds * 1_000) / 3);
    let done: readonly Message[] = [];
    try {
      const response = await invoke({
        Records: messages.map((message) => toRecord(message, { arn: source.arn, region })),
      });
      done = succeeded(messages, response, source.reportsFailures);
      await removeAll(done);
    } catch {
      // The invoker logs function errors. An undeleted message is retried, and the queue tolerates both.
    } finally {
      clearInterval(holding);
      // Their consumer set a delay, but on outdated receipts.
      const failed = messages.filter((message) => !done.includes(message) && isAnew(message));
      if (failed.length > 0) await hold(failed, ANEW_SECONDS);
      failuresInARow = done.length > 0 ? 0 : failuresInARow + 1;
    }
  }

  /**
   * Deletes messages, again if they were received again in the meantime. They would otherwise block their
   * group until the visibility timeout ends.
   */
  async function removeAll(messages: readonly Message[]): Promise<void> {
    for (let left = messages; left.length > 0; ) {
      const used = left.map(receiptOf);
      await removeGathered(left);
      left = left.filter((message, index) => receiptOf(message) !== used[index]);
    }
  }

  /** Sets the visibility timeout of messages. */
  async function hold(messages: readonly Message[], seconds = holdSeconds): Promise<void> {
    const Entries = messages.map((message, index) => ({
      Id: `${index}`,
      ReceiptHandle: receiptOf(message),
      VisibilityTimeout: seconds,
    }));
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries });
    await sqs.send(command).catch(() => {}); // a redelivery is recognized as a duplicate
  }

  /** @returns which of them were deleted */
  async function remove(messages: readonly Message[]): Promise<readonly boolean[]> {
    const removed: boolean[] = [];
    for (let from = 0; from < messages.length; from += PER_REQUEST) {
      const Entries = messages.slice(from, from + PER_REQUEST).map((message, index) => ({
        Id: `${index}`,
        ReceiptHandle: receiptOf(message),
      }));
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const refused = new Set(Failed.map(({ Id }) => Id));
      removed.push(...Entries.map(({ Id }) => !refused.has(Id)));
    }
    return removed;
  }

  /** Returns true for a message that was received again while it was handled. */
  function isAnew(message: Message): boolean {
    return receiptOf(message) !== message.ReceiptHandle;
  }

  function receiptOf({ MessageId = "", ReceiptHandle }: Message): string | undefined {
    return receipts.get(MessageId) ?? ReceiptHandle;
  }

  function queueName(): string {
    return queueUrl.split("/").at(-1) ?? queueUrl;
  }
}

/** Groups messages by FIFO group. Others are handled individually. */
function fifoGroupsOf(messages: readonly Message[]): Message[][] {
  const groupOf = ({ Attributes, MessageId = "" }: Message) => Attributes?.MessageGroupId ?? MessageId;
  return [...Map.groupBy(messages, groupOf).values()];
}

function describe(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? String(error);
}
