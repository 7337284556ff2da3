/** Stores, queues and channels of notifications and webhooks. */
import type { Incident } from "../../domain/incidents/incident.ts";
import type { ChatMessage } from "../../domain/notifications/chat-message.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import type { Notification, NotificationStatus } from "../../domain/notifications/notification.ts";
import type { MessageLinks } from "../../domain/notifications/outgoing-message.ts";
import type { PageWindow } from "../../domain/notifications/page-window.ts";
import type { TeamChannel } from "../../domain/notifications/team-channel.ts";
import type { Webhook } from "../../domain/notifications/webhook.ts";
import type { PageTally } from "../../domain/oncall/load.ts";
import type { Page, PageRequest } from "./page.ts";

export interface NotificationFilter {
  readonly incidentId?: string | undefined;
  readonly channel?: string | undefined;
  readonly status?: NotificationStatus | undefined;
  readonly recipient?: string | undefined;
}

export interface NotificationStore {
  find(id: string): Promise<Notification | undefined>;
  /** Returns those that exist, in the order of the IDs. */
  findAll(ids: readonly string[]): Promise<Notification[]>;
  /** @throws AlreadyExists */
  create(notification: Notification): Promise<void>;
  /**
   * @returns the notification with its new version
   * @throws StaleVersion
   */
  save(notification: Notification): Promise<Notification>;
  list(filter: NotificationFilter, page: PageRequest): Promise<Page<Notification>>;
  /**
   * Lists the notifications created in [from, to), oldest first, at most `limit` of them. Half a read unit for each of
   * usual size. They may be a second old.
   *
   * @param after position of the last one that is known; null for none
   */
  createdBetween(
    range: { readonly from: number; readonly to: number; readonly after: string | null },
    limit: number,
  ): Promise<CreatedNotifications>;
}

export interface CreatedNotifications {
  /** Each with its position, from which a list continues. */
  readonly items: readonly { readonly notification: Notification; readonly position: string }[];
  /** True if there are more of them. */
  readonly more: boolean;
}

/** Pages of a UTC day by person and team, as far as they are counted. */
export interface PagesOfDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly tallies: readonly PageTally[];
  /** Position of the last notification that was looked at; null before the first. */
  readonly countedTo: string | null;
  /** True if none of the day's notifications is left to count. */
  readonly isFinal: boolean;
  readonly version: number;
}

export interface PageTallyStore {
  /** Returns what is stored of these days: half a read unit each, more for days with more than 40 people paged. */
  findAll(days: readonly string[]): Promise<readonly PagesOfDay[]>;
  /** @param known what was read before; nothing is stored if it has changed since */
  save(next: PagesOfDay, known: PagesOfDay | undefined): Promise<void>;
}

export interface TeamChannelStore {
  find(team: string): Promise<readonly TeamChannel[]>;
  /** Returns the channels with their version, which is 0 if there are none. */
  load(team: string): Promise<{ readonly channels: readonly TeamChannel[]; readonly version: number }>;
  /** @param version of the channels to replace; default 0 @throws StaleVersion */
  put(team: string, channels: readonly TeamChannel[], version?: number): Promise<void>;
}

export interface WebhookStore {
  create(webhook: Webhook): Promise<void>;
  find(team: string, id: string): Promise<Webhook | undefined>;
  list(team: string, page: PageRequest): Promise<Page<Webhook>>;
  /**
   * Stores a changed webhook.
   * @returns the webhook with its new version
   * @throws StaleVersion
   */
  replace(webhook: Webhook): Promise<Webhook>;
  /** @throws StaleVersion */
  remove(webhook: Webhook): Promise<void>;
}

/** Messages in chats that are updated in place. */
export interface ChatMessageStore {
  find(id: Pick<ChatMessage, "incidentId" | "channel" | "address">): Promise<ChatMessage | undefined>;
  /**
   * @param known the message to replace; undefined if none
   * @returns the message with its new version
   * @throws StaleVersion if it has changed
   */
  save(message: ChatMessage, known: ChatMessage | undefined): Promise<ChatMessage>;
  /** Returns the ID of the incident that a message with this reference is about. */
  incidentOf(
    message: Pick<ChatMessage, "channel"> & { readonly reference: string },
  ): Promise<string | undefined>;
}

export interface PageWindowStore {
  find(method: Pick<PageWindow, "recipient" | "channel" | "address">): Promise<PageWindow | undefined>;
  /** @param known the window to replace; undefined if none @throws StaleVersion if it has changed */
  save(window: PageWindow, known: PageWindow | undefined): Promise<void>;
}

/** Counts the repeated pages per person and service. */
export interface PageCounter {
  /** @returns the number of pages including this one, to this person, about this service, since that time */
  count(recipient: string, service: string, since: number): Promise<number>;
  /** Returns the current number of pages. */
  read(recipient: string, service: string, since: number): Promise<number>;
}

/** A notification to deliver, after at most 900 seconds. */
export interface DueNotification {
  readonly id: string;
  /** Incident that it is about. */
  readonly incidentId?: string | undefined;
  readonly delaySeconds: number;
  /** Number of attempts before it was given up; only in dead letters. */
  readonly givenUpAfter?: number;
  /** Set if the page needs no answer anymore: time of that decision, in epoch milliseconds. */
  readonly withdrawAt?: number;
  /** Labels, changes and the next page. */
  readonly context?: MessageContext | undefined;
}

/** @throws Unavailable if a message could not be queued */
export interface NotificationQueue {
  send(notifications: readonly DueNotification[]): Promise<void>;
}

/** Result of a pressed button in a chat, in plain text. */
export interface ChatReply {
  readonly text: string;
  /** True if the whole channel sees it, false for the person who pressed the button only. */
  readonly toChannel: boolean;
  /** True if the person may not do it in this chat. */
  readonly isDenied?: true;
}

/** Posts the result of a pressed button, if possible. Never throws. */
export type ReplyInSlack = (responseUrl: string, reply: ChatReply) => Promise<void>;

/** Returns the links of a message about an incident; null if no one could open them. */
export type MakeLinks = (incident: Incident, actor: string, now: number) => MessageLinks | null;

/** Returns the link that confirms that a notification was received; null if no one could open it. */
export type MakeConfirmLink = (notificationId: string, actor: string, now: number) => string | null;

/** Returns the code of a notification that verifies a contact method; null without a secret to derive it from. */
export type VerificationCode = (notificationId: string) => string | null;
