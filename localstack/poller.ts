import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { gather } from "../shared/queue/gather.ts";
import type { EventSource } from "./event-sources.ts";
import { succeeded, toRecord } from "./sqs-event.ts";

export interface PollerOptions {
  readonly source: Omit<EventSource, "functionKey">;
  readonly sqs: SQSClient;
  readonly region: string;
  /** Runs the function; rejects if it threw. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  /** Told once when the broker is lost and once when it is back. */
  readonly report: (line: string) => void;
  /** Seconds that a message is taken for, again and again while it is being handled. */
  readonly holdSeconds?: number;
}

export interface Poller {
  /** Receives no more; resolves once what is being handled has ended. */
  stop(): Promise<void>;
}

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 10_000;
const HOLD_SECONDS = 30;
/** After so many runs in a row that got nothing done a dependency is down: what waits is tried in small numbers. */
const FAILURES_UNTIL_SLOW = 10;
const SLOW_MS = 1_000;
/** Seconds until a message comes again that failed after it was handed out anew. */
const ANEW_SECONDS = 2;
/** Entries that one batch request takes. */
const PER_REQUEST = 10;

/**
 * Lambda's event source mapping for one queue, but that each message, or FIFO group of a batch, is a run of its own:
 * a slow one keeps no other. At most `maximumConcurrency` batches' worth of messages are at hand at a time.
 *
 * A message is held for as long as it is being handled, and deleted whenever that succeeds. What fails comes again when
 * its consumer says so, or when it is held no more.
 */
export function startPoller(options: PollerOptions): Poller {
  const { source, sqs, region, invoke, report, holdSeconds = HOLD_SECONDS } = options;
  const { queueUrl, batchSize } = source;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  /** Receipts of the messages at hand, by id. One that is handed out again while it is being handled has a new receipt. */
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
        if (failures > 0) report(`${queueName()}: the broker is back.`);
        failures = 0;
        for (const group of groupsOf(messages.filter(isNew))) start(group);
        while (receipts.size > (source.maximumConcurrency - 1) * batchSize) await Promise.race(running);
        if (failuresInARow >= FAILURES_UNTIL_SLOW) await pause(SLOW_MS);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0)
          report(`${queueName()}: the broker doesn't answer (${describe(error)}); trying on.`);
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
    const answer = await sqs.send(
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
    return answer.Messages ?? [];
  }

  /** False for one that is being handled: this process was away for longer than it was held. */
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
      const answer = await invoke({
        Records: messages.map((message) => toRecord(message, { arn: source.arn, region })),
      });
      done = succeeded(messages, answer, source.reportsFailures);
      await removeAll(done);
    } catch {
      // Whoever invokes logs what a function throws; an undeleted message comes again. The queue retries both.
    } finally {
      clearInterval(holding);
      // Their consumer said when they come again, but of receipts that no longer count.
      const failed = messages.filter((message) => !done.includes(message) && isAnew(message));
      if (failed.length > 0) await hold(failed, ANEW_SECONDS);
      failuresInARow = done.length > 0 ? 0 : failuresInARow + 1;
    }
  }

  /** Removes one again that was handed out anew meanwhile: it would be held, and its group with it, for nothing. */
  async function removeAll(messages: readonly Message[]): Promise<void> {
    for (let left = messages; left.length > 0; ) {
      const used = left.map(receiptOf);
      await removeGathered(left);
      left = left.filter((message, index) => receiptOf(message) !== used[index]);
    }
  }

  /** Takes messages for so many seconds from now on. */
  async function hold(messages: readonly Message[], seconds = holdSeconds): Promise<void> {
    const Entries = messages.map((message, index) => ({
      Id: `${index}`,
      ReceiptHandle: receiptOf(message),
      VisibilityTimeout: seconds,
    }));
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries });
    await sqs.send(command).catch(() => {}); // it comes again then, and is recognized
  }

  /** @returns which of them are gone */
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

  /** True for a message that was handed out again while it was being handled. */
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

/** Messages of a FIFO group together, each other one by itself. */
function groupsOf(messages: readonly Message[]): Message[][] {
  const groupOf = ({ Attributes, MessageId = "" }: Message) => Attributes?.MessageGroupId ?? MessageId;
  return [...Map.groupBy(messages, groupOf).values()];
}

function describe(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? String(error);
}
