import * as z from "zod";
import { maxAttempts } from "../../../shared/domain/delivery.ts";
import {
  channels,
  type Notification,
  type NotificationStatus,
  notificationStatuses,
} from "../../../shared/domain/notification.ts";
import type { HistoryReader } from "../../../shared/storage/history-reader.ts";
import type { Clock } from "../../../shared/use-cases/ports.ts";
import { type CheckpointDeps, checkpointOf, mapOf } from "../checkpoint.ts";
import { batchesOf, forgetOld, freshIn, placeAt, placeSchema, readFrom, take } from "../follow.ts";
import type { ExporterMetrics } from "../metrics.ts";
import { follower, type Source } from "../source.ts";
import { count, emptyTally, publishCounter, tallySchema } from "../tally.ts";

export interface NotificationsDeps extends CheckpointDeps {
  readonly history: HistoryReader;
  readonly metrics: ExporterMetrics;
  readonly clock: Clock;
}

const stateSchema = z.object({
  place: placeSchema,
  /** Those that have not ended, and when each is due, epoch milliseconds. */
  queued: mapOf(z.number()),
  tally: tallySchema,
});
type State = z.output<typeof stateSchema>;

/**
 * Notifications, each counted once by how it first ended: one that failed and was sent from the dead letters after all
 * has failed.
 *
 * A read costs the index entries of the last quarter of an hour, and the items of those that are new or due. What is
 * taken back before it is due is counted when it would have been. One that was made more than a quarter of an hour
 * late, from the dead letters of the events, is not seen.
 */
export function notificationsSource(deps: NotificationsDeps): Source {
  const { history, metrics, clock } = deps;
  const newIds = async ({ place, queued }: State) =>
    (await freshIn(place, history.notificationsSince(readFrom(place))))
      .map(({ id }) => id)
      .filter((id) => !queued.has(id));

  return follower<State>(
    {
      name: "notifications",
      metrics: ["notifications_sent_total"],
      checkpoint: checkpointOf(deps, "notifications", stateSchema),

      async begin(now) {
        const state: State = { place: placeAt(now), queued: new Map(), tally: emptyTally() };
        for (const channel of channels) {
          for (const status of notificationStatuses) {
            if (status !== "queued") count(state.tally, "notifications_sent_total", { channel, status }, 0);
          }
        }
        for (const batch of batchesOf(await newIds(state))) {
          for (const notification of await history.notifications(batch)) {
            const { id, createdAt, dueAt } = notification;
            if (firstEnd(notification) === null) state.queued.set(id, dueAt);
            take(state.place, id, createdAt, now);
          }
        }
        return state;
      },

      async advance(state, now) {
        const fresh = await newIds(state);
        const due = [...state.queued].flatMap(([id, dueAt]) => (dueAt <= now ? id : []));
        let changed = fresh.length > 0;
        for (const batch of batchesOf([...fresh, ...due])) {
          for (const notification of await history.notifications(batch)) {
            const { id, channel, createdAt, dueAt } = notification;
            const end = firstEnd(notification);
            if (end === null) {
              state.queued.set(id, dueAt);
            } else {
              count(state.tally, "notifications_sent_total", { channel, status: end });
              state.queued.delete(id);
              changed = true;
            }
            take(state.place, id, createdAt, now);
          }
        }
        forgetOld(state.place);
        return changed;
      },

      publish: ({ tally }) => publishCounter(tally, "notifications_sent_total", metrics),
    },
    clock,
  );
}

/** How a notification ended first; null while it has not. Its attempts tell, whatever came of it afterwards. */
export function firstEnd({
  status,
  attempts,
}: Pick<Notification, "status" | "attempts">): Exclude<NotificationStatus, "queued"> | null {
  const gaveUp = attempts.some(
    ({ outcome }, index) => outcome === "permanent" || (outcome === "temporary" && index + 1 >= maxAttempts),
  );
  if (gaveUp) return "failed";
  return status === "queued" ? null : status;
}
