import type { Incident } from "../incidents/incident.ts";
import type { Note } from "../incidents/incident-event.ts";
import type { MessageContext } from "./message-context.ts";
import type { Notification } from "./notification.ts";
import type { Webhook } from "./webhook.ts";

/**
 * Signed links of a message, each for one incident and a limited time. Null if not applicable in the
 * incident's state.
 */
export interface MessageLinks {
  readonly view: string;
  readonly acknowledge: string | null;
  readonly resolve: string | null;
}

/** Signed message ID, without angle brackets, and the address for answers. */
export interface EmailReply {
  readonly messageId: string;
  readonly address: string;
}

/** A notification with all data that a channel renders, loaded when it is sent. */
export interface OutgoingMessage {
  readonly notification: Notification;
  /** Current state; null if the message concerns no particular incident. */
  readonly incident: Incident | null;
  /** Null if the public URL or the signing secret is not configured. */
  readonly links: MessageLinks | null;
  /** The webhook in its current state; null for all other messages. */
  readonly webhook: Webhook | null;
  /** The note that a webhook message reports. */
  readonly note: Note | null;
  /** Labels, changes and the next page, as of the decision to notify. `contentOf` says which of them are shown. */
  readonly context: MessageContext;
  /** True if a reply over the same channel reaches the platform, so that the message may offer it. */
  readonly acceptsReplies: boolean;
  /** Message ID and reply address of an email; null if answers do not reach the platform. */
  readonly emailReply: EmailReply | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
