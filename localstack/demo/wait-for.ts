/** Waits for the platform to process an alert, as long as it makes progress. */
import { setTimeout as delay } from "node:timers/promises";
import { type Call, Refused } from "../../infra/api-client.ts";
import { listAlertsContract } from "../../shared/contracts/alerts/list-alerts.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";

/** Milliseconds without progress after which processing counts as stalled. */
const stallMs = 30_000;
const pollIntervalMs = 25;
const progressIntervalMs = 1_000;

export interface Time {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

export const realTime: Time = { now: Date.now, wait: delay };

/** @param explain returns the reason for a timeout, if known */
type WaitFor = <T>(
  poll: () => Promise<T | undefined>,
  what: string,
  explain?: () => Promise<string | undefined>,
) => Promise<T>;

/**
 * Returns a function that polls until a value is available. It gives up after 30 s without progress. Responses that the
 * platform is busy count as "not yet".
 */
export function waiterOn(call: Call, time = realTime): WaitFor {
  return async (poll, what, explain) => {
    const startedAt = time.now();
    let progressedAt = startedAt;
    let checkedAt = startedAt;
    let lastSeen = "";
    let busy: Error | undefined;
    for (;;) {
      try {
        const found = await poll();
        if (found !== undefined) return found;
        busy = undefined;
        if (time.now() - checkedAt >= progressIntervalMs) {
          checkedAt = time.now();
          const newest = await newestBefore(call, startedAt + stallMs);
          if (newest !== lastSeen) progressedAt = checkedAt;
          lastSeen = newest;
        }
      } catch (error) {
        if (!isBusy(error)) throw error;
        busy = error;
      }
      if (time.now() - progressedAt > stallMs) {
        const seconds = Math.round((time.now() - startedAt) / 1_000);
        const reason = busy?.message ?? (await explain?.()) ?? "processing has stalled";
        throw new Error(`Timed out after ${seconds} s waiting for ${what}: ${reason}`);
      }
      await time.wait(pollIntervalMs);
    }
  };
}

function isBusy(error: unknown): error is Error {
  if (error instanceof Refused) return error.status === 503 || error.status === 429;
  return error instanceof Error && error.name === "TimeoutError";
}

/**
 * Returns the newest processed items. The value changes while a queue shrinks. Items received long after the wait began
 * are capped, because the awaited item would have been processed by then.
 */
async function newestBefore(call: Call, at: number): Promise<string> {
  const query = { limit: 1 };
  const [{ alerts }, { incidents }, { notifications }] = await Promise.all([
    call(listAlertsContract, { query }),
    call(listIncidentsContract, { query }),
    call(listNotificationsContract, { query: { ...query, status: "sent" } }),
  ]);
  const times = [alerts[0]?.received_at, incidents[0]?.created_at, notifications[0]?.created_at];
  return JSON.stringify(times.map((time) => Math.min(Date.parse(time ?? "") || 0, at)));
}
