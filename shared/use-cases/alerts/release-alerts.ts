import { dueInstant, released, type SuppressedAlert } from "../../domain/alerts/suppressed-alert.ts";
import { Unavailable } from "../../domain/errors.ts";
import { type OwnershipDeps, resolveOwnership } from "../oncall/services/resolve-ownership.ts";
import type { AlertQueue, AlertRules, RuleStore } from "../ports/alerts.ts";
import type { Page } from "../ports/page.ts";
import type { Clock, Log } from "../ports/system.ts";
import { forEachPage } from "./for-each-page.ts";
import { releasedId, type SuppressDeps, suppressionOf } from "./suppress-alerts.ts";

export interface ReleaseDeps extends SuppressDeps, OwnershipDeps {
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
  const reviewAll = (list: (after: string | null) => Promise<Page<SuppressedAlert>>, freeSince = now) =>
    forEachPage(
      list,
      (suppressed) => review(deps, rules, suppressed, now, freeSince),
      ({ key }, error) => deps.log.error("alert not released yet", { key, error }),
    );
  await forEachPage(
    (after) => deps.ruleStore.endedEarly(after),
    async ({ id, endedAt }) => {
      const allWell = await reviewAll((after) => deps.suppressedAlerts.listBySilence(id, after), endedAt);
      if (allWell && endedAt + unheardMs <= now) await deps.ruleStore.forgetEnded(id);
    },
    ({ id }, error) => deps.log.error("silence not checked yet", { silence_id: id, error }),
  );
  await reviewAll((after) => deps.suppressedAlerts.due(now, after));
}

/** @param freeSince time since which it may no longer be suppressed, although it is not due yet */
async function review(
  deps: ReleaseDeps,
  rules: AlertRules,
  suppressed: SuppressedAlert,
  now: number,
  freeSince: number,
): Promise<void> {
  const suppression = await suppressionOf(deps, rules, suppressed.alert, now);
  if (suppression) {
    await deps.suppressedAlerts.put({ ...suppressed, by: suppression.by, dueAt: suppression.until });
    return;
  }
  if (await isOver(deps, suppressed, now)) return deps.suppressedAlerts.remove(suppressed);
  const dueAt = dueInstant(suppressed.dueAt <= now ? suppressed.dueAt : freeSince, now);
  const due =
    dueAt === suppressed.dueAt ? suppressed : await deps.suppressedAlerts.put({ ...suppressed, dueAt });
  const refused = await deps.alertQueue.send([released(due, releasedId(deps, due))]);
  if (refused.size > 0) throw new Unavailable("The alert queue");
}

/** Returns true if its incident would have resolved automatically by now. */
async function isOver(deps: ReleaseDeps, { alert }: SuppressedAlert, now: number): Promise<boolean> {
  if (alert.endsAt !== undefined && alert.endsAt <= now) return true;
  const { autoResolveSeconds } = await resolveOwnership(deps, alert.service, now);
  return autoResolveSeconds !== null && alert.receivedAt + autoResolveSeconds * 1_000 <= now;
}
