import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { counted } from "../../../shared/domain/metrics.ts";
import { type Telemetry, telemetryRecorded } from "../../../shared/messages/telemetry-recorded.ts";
import type { Clock, Log } from "../../../shared/use-cases/ports/system.ts";
import type { Conditions } from "../conditions.ts";
import type { ExporterMetrics } from "../metrics.ts";

export interface TelemetryDeps {
  /** SQS client with timeouts that allow long polling. */
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly metrics: ExporterMetrics;
  readonly conditions: Conditions;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits before a retry, or until the receiver stops. */
  readonly backOff?: (ms: number, stop: AbortSignal) => Promise<unknown>;
}

interface TelemetryReceiver {
  /** Number of messages, and parts of messages, that could not be parsed. */
  readonly dropped: number;
  /** Stops receiving. Resolves once all received messages are processed. */
  close(): Promise<void>;
}

/** Maximum wait time of SQS. A message that arrives ends the wait. */
export const longPollSeconds = 20;
const firstBackOffMs = 250;
const longestBackOffMs = 10_000;

/** Processes function metrics as they arrive. While the queue is unavailable, it retries with a delay. */
export function receiveTelemetry(deps: TelemetryDeps): TelemetryReceiver {
  const { sqs, queueUrl, metrics, conditions, clock, log } = deps;
  const backOff = deps.backOff ?? ((ms, signal) => delay(ms, undefined, { signal }).catch(() => {}));
  const stopping = new AbortController();
  const { signal } = stopping;
  /** IDs of messages that were processed but not deleted, and will be redelivered. */
  const undeleted = new Set<string>();
  let dropped = 0;
  const loop = receiveOn();

  async function receiveOn(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const messages = await receive();
        takeIn(messages.filter(({ MessageId = "" }) => !undeleted.has(MessageId)));
        if (messages.length > 0) await remove(messages);
        failures = 0;
        conditions.succeeded("telemetry");
      } catch (error) {
        if (signal.aborted) return;
        conditions.failed("telemetry", error);
        failures += 1;
        const ceilingMs = Math.min(firstBackOffMs * 2 ** (failures - 1), longestBackOffMs);
        await backOff(ceilingMs * (0.5 + Math.random() / 2), signal);
      }
    }
  }

  async function receive(): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: longPollSeconds,
      }),
      { abortSignal: signal },
    );
    return Messages;
  }

  function takeIn(messages: readonly Message[]): void {
    let latestAt = Number.NEGATIVE_INFINITY;
    for (const { Body = "" } of messages) {
      const telemetry = read(Body);
      if (!telemetry) {
        drop({ body: Body.slice(0, 200) });
        continue;
      }
      latestAt = Math.max(latestAt, telemetry.at);
      add(telemetry);
    }
    if (latestAt > Number.NEGATIVE_INFINITY) {
      metrics.set("exporter_telemetry_lag_seconds", {}, Math.max(0, clock() - latestAt) / 1_000);
    }
  }

  function add({ counts, observations }: Telemetry): void {
    for (const { name, labels, by } of counts) {
      const right = isCounted(name) && by >= 0 && metrics.count(name, labels, by);
      if (!right) drop({ name, labels, by });
    }
    for (const { name, labels, values } of observations) {
      const right = isCounted(name) && values.every((value) => metrics.observe(name, labels, value));
      if (!right) drop({ name, labels });
    }
  }

  /** Logs only the first drop of a kind, because functions of another version may send many. */
  function drop(what: Record<string, unknown>): void {
    if (dropped === 0) log.warn("telemetry unreadable", what);
    dropped += 1;
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    for (const { MessageId = "" } of messages) undeleted.add(MessageId);
    const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const kept = new Set(Failed.map(({ Id }) => Id));
    for (const [index, { MessageId = "" }] of messages.entries()) {
      if (!kept.has(`${index}`)) undeleted.delete(MessageId);
    }
  }

  return {
    get dropped() {
      return dropped;
    },
    async close() {
      stopping.abort();
      await loop;
    },
  };
}

function read(body: string): Telemetry | undefined {
  try {
    return telemetryRecorded.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function isCounted(name: string): boolean {
  return Object.hasOwn(counted, name);
}
