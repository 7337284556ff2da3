import type { Incident } from "../incidents/incident.ts";
import type { Note } from "../incidents/incident-event.ts";
import type { Notification } from "./notification.ts";
import type { Webhook } from "./webhook.ts";

/** Where a message leads: signed, for one incident, for a while. Null: not for one in that state. */
export interface MessageLinks {
  readonly view: string;
  readonly acknowledge: string | null;
  readonly resolve: string | null;
}

/** A notification with what a channel needs to show it; put together when it is sent. */
export interface OutgoingMessage {
  readonly notification: Notification;
  /** As it is now; null for what is about no incident in particular. */
  readonly incident: Incident | null;
  /** Null: the platform doesn't know where it is reached, or can't sign. */
  readonly links: MessageLinks | null;
  /** Whose message it is, as it is now; null for all other messages. */
  readonly webhook: Webhook | null;
  /** That a message to a webhook tells of. */
  readonly note: Note | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
