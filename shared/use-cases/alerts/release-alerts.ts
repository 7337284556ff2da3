import { dueInstant, type HeldAlert, released } from "../../domain/alerts/held-alert.ts";
import { Unavailable } from "../../domain/errors.ts";
import { forEachPage } from "../for-each-page.ts";
import { type OwnershipDeps, resolveOwnership } from "../oncall/resolve-ownership.ts";
import type { AlertQueue, AlertRules, RuleStore } from "../ports/alerts.ts";
import type { Page } from "../ports/page.ts";
import type { Clock, Log } from "../ports/system.ts";
import { type HoldDeps, releasedId, suppressionOf } from "./hold-alerts.ts";

export interface ReleaseDeps extends HoldDeps, OwnershipDeps {
  readonly alertQueue: AlertQueue;
  readonly rules: () => Promise<AlertRules>;
  readonly ruleStore: RuleStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Time after its end during which a cached silence may still suppress alerts. */
const unheardMs = 300_000;

/**
 * Sends alerts again that are no longer suppressed. They stay stored until accepted, so a lost one is sent
 * again with the same ID.
 */
export async function releaseAlerts(deps: ReleaseDeps): Promise<void> {
  const now = deps.clock();
  const rules = await deps.rules();
  const reviewAll = (list: (after: string | null) => Promise<Page<HeldAlert>>, freeSince = now) =>
    forEachPage(
      list,
      (held) => review(deps, rules, held, now, freeSince),
      ({ key }, error) => deps.log.error("alert stays held back", { key, error }),
    );
  await forEachPage(
    (after) => deps.ruleStore.endedEarly(after),
    async ({ id, endedAt }) => {
      const allWell = await reviewAll((after) => deps.held.heldBy(id, after), endedAt);
      if (allWell && endedAt + unheardMs <= now) await deps.ruleStore.forgetEnded(id);
    },
    ({ id }, error) => deps.log.error("silence stays to be looked at", { silence_id: id, error }),
  );
  await reviewAll((after) => deps.held.due(now, after));
}

/** @param freeSince time since which it may no longer be suppressed, although it is not due yet */
async function review(
  deps: ReleaseDeps,
  rules: AlertRules,
  held: HeldAlert,
  now: number,
  freeSince: number,
): Promise<void> {
  const suppression = await suppressionOf(deps, rules, held.alert, now);
  if (suppression) {
    await deps.held.put({ ...held, by: suppression.by, dueAt: suppression.until });
    return;
  }
  if (await isOver(deps, held, now)) return deps.held.remove(held);
  const dueAt = dueInstant(held.dueAt <= now ? held.dueAt : freeSince, now);
  const due = dueAt === held.dueAt ? held : await deps.held.put({ ...held, dueAt });
  const refused = await deps.alertQueue.send([released(due, releasedId(deps, due))]);
  if (refused.size > 0) throw new Unavailable("The alert queue");
}

/** Returns true if its incident would have resolved automatically by now. */
async function isOver(deps: ReleaseDeps, { alert }: HeldAlert, now: number): Promise<boolean> {
  if (alert.endsAt !== undefined && alert.endsAt <= now) return true;
  const { autoResolveSeconds } = await resolveOwnership(deps, alert.service);
  return autoResolveSeconds !== null && alert.receivedAt + autoResolveSeconds * 1_000 <= now;
}
