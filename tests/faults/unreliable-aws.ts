/**
 * Simulates an unreliable AWS: a share of the calls is lost, delayed, repeated, throttled or gets an invalid
 * response.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { AwsReply, Interference } from "../support/platform/one-port.ts";
import { randomOf } from "./seed.ts";

const faults = ["reset", "answer lost", "late", "repeated", "throttled", "unreadable"] as const;
export type Fault = (typeof faults)[number];

export interface UnreliableAws {
  readonly interfere: Interference;
  /** Number of injected faults by kind. */
  readonly counts: ReadonlyMap<Fault, number>;
  /** Disturbs this share of the calls from now on. */
  disturb(share: number): void;
}

const longestDelayMs = 2_000;

/** @param spared operations that always succeed */
export function unreliableAws(spared: readonly string[] = []): UnreliableAws {
  let share = 0;
  const counts = new Map<Fault, number>();
  const chances = new Map<string, () => number>();

  /** Returns the same fault for the n-th disturbed call of an operation in each run with a seed. */
  function fateOf(operation: string): { fault: Fault | undefined; delayMs: number } {
    if (share === 0 || spared.includes(operation)) return { fault: undefined, delayMs: 0 };
    const random = chances.get(operation) ?? randomOf(operation);
    chances.set(operation, random);
    const isFaulty = random() < share;
    const [kind, delayMs] = [random(), random() * longestDelayMs];
    return { fault: isFaulty ? faults[Math.floor(kind * faults.length)] : undefined, delayMs };
  }

  return {
    counts,
    disturb(next) {
      share = next;
    },
    async interfere(operation, forward) {
      const { fault, delayMs } = fateOf(operation);
      if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1);
      switch (fault) {
        case "reset":
          return "reset";
        case "answer lost":
          await forward();
          return "reset";
        case "late":
          await delay(delayMs);
          return forward();
        case "repeated":
          await forward();
          return forward();
        case "throttled":
          return throttling(operation);
        case "unreadable":
          return { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" };
        default:
          return forward();
      }
    },
  };
}

/** Throttling error of both services, in AWS JSON 1.0. */
function throttling(operation: string): AwsReply {
  const [type, message] = operation.startsWith("DynamoDB")
    ? ["com.amazonaws.dynamodb.v20120810#ThrottlingException", "Throughput exceeds the current capacity"]
    : ["com.amazonaws.sqs#RequestThrottled", "Rate exceeded"];
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify({ __type: type, message }),
  };
}
