import { idPrefixes } from "../../domain/ids.ts";
import { excerptOf, type IntegrationActivity } from "../../domain/integrations/integration.ts";
import { limits } from "../../domain/limits.ts";
import { minuteMs } from "../../domain/time-units.ts";
import type { ActivityRecorder, IntegrationActivityStore } from "../ports/integrations.ts";
import type { Clock, Log, Ulid } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** Interval for which activity is collected before it is written. */
const gatherMs = 10_000;

interface ActivityDeps {
  readonly activity: Pick<IntegrationActivityStore, "add" | "appendError">;
  readonly clock: Clock;
  readonly ulid: Ulid;
  readonly log: Log;
  /** Schedules a call without keeping the process alive. */
  readonly later: (delayMs: number, run: () => void) => void;
}

/**
 * Records the activity of integrations. The first event after a quiet period is written immediately, so that
 * people who set up an integration see it arrive. Later events within ten seconds are collected. A storm
 * costs one read and one write per ten seconds. Events collected by an execution environment that ends are
 * not counted.
 */
export function activityRecorder({ activity, clock, ulid, log, later }: ActivityDeps): ActivityRecorder {
  const gathered = new Map<string, IntegrationActivity>();
  /** Integrations with a pending write, or one within `gatherMs`. */
  const waiting = new Set<string>();
  const kept = new Map<string, { readonly since: number; readonly count: number }>();

  async function write(id: string): Promise<void> {
    const sum = gathered.get(id);
    if (!sum) return void waiting.delete(id);
    gathered.delete(id);
    waiting.add(id);
    later(gatherMs, () => void write(id));
    try {
      await retryOnConflict(() => activity.add(sum));
    } catch (error) {
      gathered.set(id, plus(sum, gathered.get(id)));
      log.warn("received events not counted yet", { integration_id: id, error });
    }
  }

  async function count(sum: IntegrationActivity): Promise<void> {
    const { integrationId: id } = sum;
    gathered.set(id, plus(sum, gathered.get(id)));
    if (!waiting.has(id)) await write(id);
  }

  function mayKeep(id: string, now: number): boolean {
    const window = kept.get(id);
    const { since, count } = window && now - window.since < minuteMs ? window : { since: now, count: 0 };
    kept.set(id, { since, count: count + 1 });
    return count < limits.integrationErrors;
  }

  return {
    countEvents: (integrationId, events) =>
      events === 0 ? Promise.resolve() : count({ integrationId, events, errors: 0, lastEventAt: clock() }),
    async keepError({ body, integrationId, status, message }) {
      const at = clock();
      if (mayKeep(integrationId, at)) {
        try {
          await activity.appendError({
            id: idPrefixes.integrationError + ulid(at),
            integrationId,
            at,
            status,
            message: message.slice(0, limits.integrationExcerptLength).toWellFormed(),
            excerpt: excerptOf(body, limits.integrationExcerptLength),
          });
        } catch (error) {
          log.warn("an integration's error was not recorded", { integration_id: integrationId, error });
        }
      }
      await count({ integrationId, events: 0, errors: 1, lastEventAt: null });
    },
  };
}

function plus(one: IntegrationActivity, other: IntegrationActivity | undefined): IntegrationActivity {
  if (!other) return one;
  return {
    integrationId: one.integrationId,
    events: one.events + other.events,
    errors: one.errors + other.errors,
    lastEventAt: Math.max(one.lastEventAt ?? 0, other.lastEventAt ?? 0) || null,
  };
}
