import { StaleVersion, Unavailable } from "../domain/errors.ts";
import { dueInstant, type HeldAlert, released } from "../domain/held-alert.ts";
import { type HoldDeps, releasedId, suppressionOf } from "./hold-alerts.ts";
import type { AlertQueue, AlertRules, Clock, HeldAlertStore, Log, Page } from "./ports.ts";
import { type OwnershipDeps, resolveOwnership } from "./resolve-ownership.ts";

export interface ReleaseDeps extends HoldDeps, OwnershipDeps {
  readonly alertQueue: AlertQueue;
  readonly rules: () => Promise<AlertRules>;
  readonly clock: Clock;
  readonly log: Log;
}

const atOnce = 20;

/**
 * Sends again what was held back and is not any more. It stays with those held until it has come through, so what is
 * lost on the way is sent once more, as the same alert.
 */
export async function releaseAlerts(deps: ReleaseDeps): Promise<void> {
  const now = deps.clock();
  const rules = await deps.rules();
  const endedEarly = rules.silences.filter(({ plannedEnd, endsAt }) => plannedEnd !== null && endsAt <= now);
  for (const { id } of endedEarly) {
    await reviewAll(deps, rules, (after) => deps.held.heldBy(id, after), now);
  }
  await reviewAll(deps, rules, (after) => deps.held.due(now, after), now);
}

/** One that fails holds up no other. */
async function reviewAll(
  deps: ReleaseDeps,
  rules: AlertRules,
  list: (after: string | null) => ReturnType<HeldAlertStore["due"]>,
  now: number,
): Promise<void> {
  for (let after: string | null = null; ; ) {
    const { items, next }: Page<HeldAlert> = await list(after);
    for (let first = 0; first < items.length; first += atOnce) {
      await Promise.all(
        items.slice(first, first + atOnce).map((held) =>
          review(deps, rules, held, now).catch((error) => {
            // Whoever changed it in between knows better.
            if (error instanceof StaleVersion) return;
            deps.log.error("alert stays held back", { key: held.key, error });
          }),
        ),
      );
    }
    if (next === null) return;
    after = next;
  }
}

async function review(deps: ReleaseDeps, rules: AlertRules, held: HeldAlert, now: number): Promise<void> {
  const suppression = await suppressionOf(deps, rules, held.alert, now);
  if (suppression) {
    await deps.held.put({ ...held, by: suppression.by, dueAt: suppression.until });
    return;
  }
  if (await isOver(deps, held, now)) return deps.held.remove(held);
  const dueAt = dueInstant(held.dueAt, now);
  const due = dueAt === held.dueAt ? held : await deps.held.put({ ...held, dueAt });
  const refused = await deps.alertQueue.send([released(due, releasedId(deps, due))]);
  if (refused.size > 0) throw new Unavailable("The alert queue");
}

/** Whether an incident of it would have resolved itself by now. */
async function isOver(deps: ReleaseDeps, { alert }: HeldAlert, now: number): Promise<boolean> {
  const { autoResolveSeconds } = await resolveOwnership(deps, alert.service);
  return autoResolveSeconds !== null && alert.receivedAt + autoResolveSeconds * 1_000 <= now;
}
