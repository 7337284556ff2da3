import { NotFound, NotYet } from "../domain/errors.ts";
import {
  type ChannelName,
  claim,
  delivered,
  type Notification,
  undelivered,
} from "../domain/notification.ts";
import type { Channel, Clock, NotificationStore } from "./ports.ts";
import { retryStale } from "./retry-stale.ts";

export interface DeliverDeps {
  readonly notifications: NotificationStore;
  readonly channels: Readonly<Record<ChannelName, Channel>>;
  readonly clock: Clock;
}

/**
 * Delivers a notification once: it is claimed before the provider is called.
 *
 * @param last whether no further attempt follows
 * @throws NotYet while another delivery of it is under way
 * @throws whatever the channel failed with, after recording it
 */
export async function deliverNotification(deps: DeliverDeps, id: string, last: boolean): Promise<void> {
  const claimed = await retryStale(async () => {
    const notification = await deps.notifications.find(id);
    if (!notification) throw new NotFound("notification", id);
    const decision = claim(notification, deps.clock());
    if (decision.kind === "busy") throw new NotYet(`${id} is being delivered`, decision.until);
    return decision.kind === "finished" ? undefined : deps.notifications.save(decision.notification);
  });
  if (!claimed) return;
  const detail = await send(deps, claimed, last);
  await deps.notifications.save(delivered(claimed, detail, deps.clock()));
}

async function send(deps: DeliverDeps, claimed: Notification, last: boolean): Promise<string> {
  try {
    return (await deps.channels[claimed.channel].deliver(claimed)).detail;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    await deps.notifications.save(undelivered(claimed, detail, deps.clock(), last));
    throw error;
  }
}
