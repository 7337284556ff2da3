import type { PersonalMethod } from "../../../domain/access/contact.ts";
import {
  type MethodWithCode,
  nextCodeAt,
  pendingCode,
  type Reachability,
  type SentCode,
  withCode,
} from "../../../domain/access/reachability.ts";
import { Conflict, NotFound, TooManyRequests } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import { verificationMessage } from "../../../domain/notifications/confirmable.ts";
import { newNotification } from "../../../domain/notifications/notification.ts";
import { formatMinute } from "../../../domain/time.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../../notifications/queue-notifications.ts";
import type { ReachabilityStore } from "../../ports/access.ts";
import type { VerificationCode } from "../../ports/notifications.ts";
import type { Ulid } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { findUser } from "../find-user.ts";
import type { UserDeps } from "../store-user.ts";

export interface CodeDeps extends UserDeps {
  readonly reachability: ReachabilityStore;
  readonly verificationCode: VerificationCode;
  readonly sha256: (text: string) => string;
}

interface SendCodeDeps extends CodeDeps, QueueNotificationsDeps {
  readonly ulid: Ulid;
}

/**
 * Sends a code to a contact method, which verifies it when the person enters it. A verified method gets none. After a crash
 * before the message is queued, the person asks again.
 *
 * @throws NotFound
 * @throws TooManyRequests if the method got a code in the last half minute, or the person too many in this hour
 * @throws Conflict without a signing secret
 */
export async function sendCode(
  deps: SendCodeDeps,
  email: string,
  methodId: string,
  now: number,
): Promise<MethodWithCode> {
  const method = await findMethod(deps, email, methodId);
  if (method.verifiedAt !== undefined) return { method, codeExpiresAt: null };
  const id = idPrefixes.notification + deps.ulid(now);
  const code = deps.verificationCode(id);
  if (code === null)
    throw new Conflict("Verification codes require SIGNING_SECRET. Ask an administrator to set it");
  const sent = await retryOnConflict(async (): Promise<SentCode> => {
    const known = await deps.reachability.load(email);
    assertNotTooOften(known, methodId, now);
    const expiresAt = now + limits.codeSeconds * 1_000;
    const digest = digestOf(deps, method, code);
    const added = { methodId, digest, notificationId: id, sentAt: now, expiresAt, failures: 0 };
    await deps.reachability.save(withCode(known, added), known);
    return added;
  });
  const notification = newNotification({
    id,
    kind: "verification",
    incidentId: null,
    channel: method.channel,
    recipient: email,
    address: method.address,
    message: verificationMessage(limits.codeSeconds / 60),
    severity: null,
    createdAt: now,
  });
  await queueNotifications(deps, [notification], now);
  return { method, codeExpiresAt: sent.expiresAt };
}

/** @throws TooManyRequests */
function assertNotTooOften(known: Reachability, methodId: string, now: number): void {
  const last = pendingCode(known, methodId, now);
  const again = last && last.sentAt + limits.codeIntervalSeconds * 1_000;
  if (again !== undefined && again > now) {
    const wait = secondsUntil(again, now);
    throw new TooManyRequests(
      `A code was just sent and is still valid. If it does not arrive, request another one in ${wait} s`,
      wait,
    );
  }
  const next = nextCodeAt(known, now);
  if (next !== null)
    throw new TooManyRequests(
      `${limits.codesPerHour} codes were sent in the last hour. Try again at ${formatMinute(next)}`,
      secondsUntil(next, now),
    );
}

function secondsUntil(time: number, now: number): number {
  return Math.ceil((time - now) / 1_000);
}

/** @throws NotFound */
export async function findMethod(deps: UserDeps, email: string, id: string): Promise<PersonalMethod> {
  const { contactMethods } = await findUser(deps, email);
  const method = contactMethods.find((each) => each.id === id);
  if (!method) throw new NotFound("contact method", id);
  return method;
}

/** Returns the stored digest of a code. A code for one address does not fit another. */
export function digestOf(
  { sha256 }: Pick<CodeDeps, "sha256">,
  { channel, address }: PersonalMethod,
  code: string,
): string {
  return sha256(JSON.stringify([channel, address, code]));
}
