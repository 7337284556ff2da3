/** Calls in progress, of any provider. */
import { NotFound } from "../../domain/errors.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { ReceiptDraft } from "../../domain/notifications/receipt.ts";
import { handleOnce } from "../../http/idempotency.ts";
import { openCall } from "../../http/tokens/call-token.ts";
import { idempotencyStore } from "../../storage/idempotency-store.ts";
import {
  type Answer,
  answerCall,
  commandOf,
  describeCall,
} from "../../use-cases/notifications/phone/answer-call.ts";
import { pickUpCall } from "../../use-cases/notifications/phone/pick-up-call.ts";
import { answerAs } from "../access/answers.ts";
import { verificationCodes } from "../access/codes.ts";
import { linkConfig, twilioConfig } from "../config.ts";
import { replyDeps } from "../later/deps.ts";
import { notificationQueue } from "../queues.ts";
import { loadSecrets } from "../secrets.ts";
import { notifications } from "../stores.ts";
import { table } from "../table.ts";

/** Returns the notification that a call is about. @throws NoSuchPath, or NotFound */
export async function openCalled(token: string, now: number): Promise<Notification> {
  await loadSecrets(["SIGNING_SECRET"]);
  const id = openCall(token, linkConfig().SIGNING_SECRET, now);
  const notification = await notifications().find(id);
  if (!notification) throw new NotFound("notification", id);
  return notification;
}

/** Returns the URL of a path at which the provider reports pressed keys. */
export function urlOfCall(path: string): string {
  return twilioConfig().PUBLIC_URL + path;
}

export const callDeps = () => ({ ...replyDeps(), notificationQueue: notificationQueue() });

const answerDeps = async () => ({ ...callDeps(), answerAs, verificationCode: await verificationCodes() });

/** Records who has picked up a call, and returns what to say; null if no one hears it. */
export async function pickUp(
  notification: Notification,
  report: Omit<ReceiptDraft, "at"> | null,
  now: number,
): Promise<Answer | null> {
  return pickUpCall(await answerDeps(), notification, report, now);
}

interface PressedKey {
  /** Name of the provider's endpoint. */
  readonly owner: string;
  readonly token: string;
  /** ID of the call at the provider. */
  readonly call: string;
  readonly key: string;
}

/** Executes a pressed key once, and returns what to say. */
export async function pressKey(
  notification: Notification,
  { owner, token, call, key }: PressedKey,
  now: number,
): Promise<Answer> {
  const seed = `${call} ${key}`;
  const request = { owner, key: seed, body: token, now, seed };
  const deps = await answerDeps();
  // The text may have a code, so it is not stored as the answer.
  if (commandOf(notification, key) === undefined) return describeCall(deps, notification);
  const reply = await handleOnce(idempotencyStore(table()), request, async (at, ulid) => ({
    status: 200,
    body: JSON.stringify(await answerCall({ ...deps, ulid }, notification, { key, call }, at)),
    location: null,
  }));
  return JSON.parse(reply.body) as Answer;
}
