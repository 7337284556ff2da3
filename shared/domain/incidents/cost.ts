/** Cost of an incident: the use of AWS that was measured for each kind of step, times the steps it took. */
import { assumed, prices } from "../prices.ts";
import type { Incident } from "./incident.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Use of AWS. Units and requests are DynamoDB's and SQS's. */
export interface Use {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly requests: number;
  /** Lambda invocations behind the gateway, and behind a queue. */
  readonly http: number;
  readonly consumed: number;
}

export interface IncidentCost extends Pick<Use, "writeUnits" | "readUnits" | "requests"> {
  /** US dollars at list prices of one region. */
  readonly usd: number;
}

/**
 * Use of one step by itself, as the emulator counts it with a schedule in place. Steps that arrive together share
 * requests and cost less.
 */
export const stepUse = {
  /** From accepting the first alert to the stored incident. */
  open: { writeUnits: 17, readUnits: 4, requests: 10, http: 1, consumed: 1 },
  /** From accepting a later alert to its record. */
  alert: { writeUnits: 3, readUnits: 0, requests: 3, http: 1, consumed: 1 },
  /** Deciding who is paged, and queuing their notifications. */
  page: { writeUnits: 4, readUnits: 4.5, requests: 6, http: 0, consumed: 1 },
  /** One attempt of a notification that shares its message with no other. */
  attempt: { writeUnits: 3, readUnits: 3, requests: 5, http: 0, consumed: 1 },
  /** A change such as a resolution, and its consequences. */
  change: { writeUnits: 7, readUnits: 6, requests: 11, http: 1, consumed: 1 },
} as const satisfies Readonly<Record<string, Use>>;

type Step = keyof typeof stepUse;

/**
 * Computes what an incident has cost so far.
 *
 * @param timeline its events, notes and notifications
 */
export function costOf(incident: Incident, timeline: readonly TimelineEntry[]): IncidentCost {
  const counts: Record<Step, number> = {
    open: 1,
    alert: Math.max(0, incident.alertCount - 1),
    page: 0,
    attempt: 0,
    change: 0,
  };
  for (const entry of timeline) {
    if (entry.kind === "notification") counts.attempt += entry.notification.attempts.length;
    else for (const step of stepsOf(entry)) counts[step] += 1;
  }
  const total = (part: keyof Use) =>
    Object.entries(counts).reduce((sum, [step, times]) => sum + times * stepUse[step as Step][part], 0);
  const use = {
    writeUnits: total("writeUnits"),
    readUnits: total("readUnits"),
    requests: total("requests"),
  };
  return { ...use, usd: usdOf({ ...use, http: total("http"), consumed: total("consumed") }) };
}

/** Returns the steps behind an entry. The first event and the first page come with the opening. */
function stepsOf(entry: Exclude<TimelineEntry, { kind: "notification" }>): Step[] {
  if (entry.kind === "note") return ["change"];
  switch (entry.event.type) {
    case "opened":
      return [];
    case "paging":
    case "coverage_gap":
      return ["page"];
    case "escalated":
      return ["change", "page"];
    default:
      return ["change"];
  }
}

/** Returns list prices. Requests to the table are in its units; those to queues follow from the invocations. */
function usdOf({ writeUnits, readUnits, http, consumed }: Use): number {
  const { dynamodbOnDemand: table, httpApi, lambdaArm, sqs } = prices;
  const billedMs = http * assumed.billedMs.http + consumed * assumed.billedMs.consumer;
  // Each consumed message is sent, received and deleted.
  const millionths =
    writeUnits * table.perMillionWriteUnits +
    readUnits * table.perMillionReadUnits +
    http * httpApi.perMillionRequests +
    (http + consumed) * lambdaArm.perMillionRequests +
    3 * consumed * sqs.perMillionFifoRequests;
  return millionths / 1e6 + (billedMs / 1_000) * assumed.memoryGb * lambdaArm.perGbSecond;
}
