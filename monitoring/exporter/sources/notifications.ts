import * as z from "zod";
import { channelNames } from "../../../shared/channels/registry.ts";
import { maxAttempts } from "../../../shared/domain/notifications/delivery.ts";
import {
  type Notification,
  type NotificationStatus,
  notificationStatuses,
} from "../../../shared/domain/notifications/notification.ts";
import { mapOf } from "../checkpoint.ts";
import {
  batchesOf,
  type FollowDeps,
  followCheckpoint,
  forgetOld,
  freshIn,
  positionAt,
  positionSchema,
  take,
} from "../follow.ts";
import { follower, type Source } from "../source.ts";
import { count, emptyTally, publishCounter, tallySchema } from "../tally.ts";

const stateSchema = z.object({
  position: positionSchema,
  /** Pending notifications and the time when each is due, in epoch milliseconds. */
  queued: mapOf(z.number()),
  tally: tallySchema,
});
type State = z.output<typeof stateSchema>;

/**
 * Notifications, counted once by their first result. A notification that failed and was later redriven counts
 * as failed.
 *
 * A read costs the index entries of the last 15 minutes, plus the items that are new or due. A notification
 * that is canceled before it is due is counted at its due time. One that is created more than 15 minutes
 * late, from the dead letters of incident events, is not counted.
 */
export function notificationsSource(deps: FollowDeps): Source {
  const { history, metrics, clock } = deps;
  const newIds = async ({ position, queued }: State) =>
    (await freshIn(position, history.notificationsSince)).map(({ id }) => id).filter((id) => !queued.has(id));

  return follower<State>(
    {
      name: "notifications",
      metrics: ["notifications_sent_total"],
      checkpoint: followCheckpoint(deps, "notifications", stateSchema),

      async begin(now) {
        const state: State = { position: positionAt(now), queued: new Map(), tally: emptyTally() };
        for (const channel of channelNames) {
          for (const status of notificationStatuses) {
            if (status !== "queued") count(state.tally, "notifications_sent_total", { channel, status }, 0);
          }
        }
        for (const batch of batchesOf(await newIds(state))) {
          for (const notification of await history.notifications(batch)) {
            const { id, createdAt, dueAt } = notification;
            if (firstEnd(notification) === null) state.queued.set(id, dueAt);
            take(state.position, id, createdAt, now);
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
            take(state.position, id, createdAt, now);
          }
        }
        forgetOld(state.position);
        return changed;
      },

      publish: ({ tally }) => publishCounter(tally, "notifications_sent_total", metrics),
    },
    clock,
  );
}

/** Returns the first final result of a notification, from its attempts; null while it is pending. */
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
