/** Stores, queues and channels of notifications and webhooks. */
import type { Incident } from "../../domain/incidents/incident.ts";
import type { Receipt } from "../../domain/notifications/delivery.ts";
import type {
  ChannelName,
  Notification,
  NotificationStatus,
} from "../../domain/notifications/notification.ts";
import type { MessageLinks, OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { TeamChannel } from "../../domain/notifications/team-channel.ts";
import type { Webhook } from "../../domain/notifications/webhook.ts";
import type { Page, PageRequest } from "./page.ts";

export interface NotificationFilter {
  readonly incidentId?: string | undefined;
  readonly channel?: ChannelName | undefined;
  readonly status?: NotificationStatus | undefined;
  readonly recipient?: string | undefined;
}

export interface NotificationStore {
  find(id: string): Promise<Notification | undefined>;
  /** @throws AlreadyExists */
  create(notification: Notification): Promise<void>;
  /**
   * @returns the notification with its new version
   * @throws StaleVersion
   */
  save(notification: Notification): Promise<Notification>;
  list(filter: NotificationFilter, page: PageRequest): Promise<Page<Notification>>;
}

export interface TeamChannelStore {
  find(team: string): Promise<readonly TeamChannel[]>;
  /** With their version, which is 0 while there are none. */
  load(team: string): Promise<{ readonly channels: readonly TeamChannel[]; readonly version: number }>;
  /** @param version of those in whose place they are put; 0 unless given @throws StaleVersion */
  put(team: string, channels: readonly TeamChannel[], version?: number): Promise<void>;
}

export interface WebhookStore {
  create(webhook: Webhook): Promise<void>;
  find(team: string, id: string): Promise<Webhook | undefined>;
  list(team: string, page: PageRequest): Promise<Page<Webhook>>;
  /**
   * Stores a webhook changed.
   * @returns the webhook with its new version
   * @throws StaleVersion
   */
  replace(webhook: Webhook): Promise<Webhook>;
  /** @throws StaleVersion */
  remove(webhook: Webhook): Promise<void>;
}

/** Counts what a person is paged about. */
export interface PageCounter {
  /** @returns how many pages they are with this one: to this person, about this service, since that instant */
  count(recipient: string, service: string, since: number): Promise<number>;
  /** Returns how many they are by now. */
  read(recipient: string, service: string, since: number): Promise<number>;
}

/** A notification to deliver, after at most 900 seconds. */
export interface DueNotification {
  readonly id: string;
  readonly delaySeconds: number;
  /** Attempts that there were when it was given up; only for the dead letters. */
  readonly givenUpAfter?: number;
}

/** @throws Unavailable when a message could not be queued */
export interface NotificationQueue {
  send(notifications: readonly DueNotification[]): Promise<void>;
}

/** A way to reach somebody. */
export interface Channel {
  /**
   * Sends a message once, within ten seconds.
   * @throws TemporaryFailure or PermanentFailure, with that in their message
   */
  deliver(message: OutgoingMessage): Promise<Receipt>;
}

export interface SlackReply {
  /** Plain text. */
  readonly text: string;
  /** Whether the whole channel sees it, or only whoever pressed the button. */
  readonly toChannel: boolean;
}

/** Tells where a button was pressed what came of it, if it can: never throws. */
export type ReplyInSlack = (responseUrl: string, reply: SlackReply) => Promise<void>;

/** Where a message about an incident leads whoever gets it; null when nobody could follow it. */
export type MakeLinks = (incident: Incident, actor: string, now: number) => MessageLinks | null;
