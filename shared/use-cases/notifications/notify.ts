import { addressFault, normalAddress } from "../../channels/address.ts";
import { channelInSentence } from "../../channels/registry.ts";
import { emailIn } from "../../domain/email.ts";
import { Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { type Notification, newNotification } from "../../domain/notifications/notification.ts";
import { findIncident } from "../incidents/find-incident.ts";
import type { Authorize, UserStore } from "../ports/access.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { NotificationQueue, NotificationStore } from "../ports/notifications.ts";
import type { Ulid } from "../ports/system.ts";
import { queueNotifications } from "./queue-notifications.ts";

interface NotifyDeps {
  readonly incidents: IncidentStore;
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
  readonly users: UserStore;
  readonly ulid: Ulid;
  readonly authorize: Authorize;
}

interface NotificationDraft
  extends Pick<Notification, "channel" | "recipient" | "message" | "severity" | "metadata"> {
  /** ID or number of the incident. */
  readonly incidentId: string;
}

/**
 * Queues a manual message about an incident.
 *
 * @throws NotFound if the incident does not exist
 * @throws Invalid for a person who cannot be reached over the channel
 */
export async function notify(deps: NotifyDeps, draft: NotificationDraft, now: number): Promise<Notification> {
  const incident = await findIncident(deps, draft.incidentId);
  await deps.authorize({ team: incident.team });
  const notification = newNotification({
    ...draft,
    id: idPrefixes.notification + deps.ulid(now),
    kind: "message",
    incidentId: incident.id,
    address: await addressOf(deps, draft.channel, draft.recipient),
    severity: draft.severity ?? incident.severity,
    createdAt: now,
  });
  await queueNotifications(deps, [notification], now);
  return notification;
}

/**
 * Returns the address of a recipient given by email: their contact method for the channel, otherwise the email if the
 * channel takes it.
 */
async function addressOf(
  { users }: Pick<NotifyDeps, "users">,
  channel: string,
  recipient: string,
): Promise<string> {
  const email = emailIn(recipient);
  if (email === undefined) return normalAddress(channel, recipient);
  const methods = (await users.find(email))?.contactMethods ?? [];
  const method = methods.find((each) => each.channel === channel);
  if (method) return method.address;
  const fault = addressFault(channel, email);
  if (fault === undefined) return email;
  const message = `is a person without a contact method for ${channelInSentence(channel)}; an address ${fault}`;
  throw new Invalid([{ path: "recipient", message }]);
}
