import { type Destination, type User, withVerified } from "../../../domain/access/contact.ts";
import { withAnswer } from "../../../domain/access/reachability.ts";
import { emailIn } from "../../../domain/email.ts";
import type { ReachabilityStore, UserStore } from "../../ports/access.ts";
import type { Log } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { store } from "../store-user.ts";

export interface RecordAnswerDeps {
  readonly users: Pick<UserStore, "find" | "put">;
  readonly reachability: Pick<ReachabilityStore, "load" | "save">;
  readonly log: Log;
}

/**
 * Records that a person answered a message, and verifies the contact method at which they received it. Idempotent. The
 * answer counts even if this fails, so a failure is only logged.
 *
 * Reads two units, and writes one at most once per minute, besides the user when a method becomes verified.
 */
export async function recordAnswer(
  deps: RecordAnswerDeps,
  person: string,
  method: Destination,
  at: number,
): Promise<void> {
  await Promise.all([verifyMethod(deps, person, method, at), recordAnswerTime(deps, person, at)]);
}

/** Verifies a contact method that has displayed a message. A failure is only logged. One read unit. */
export async function verifyMethod(
  { users, log }: Pick<RecordAnswerDeps, "users" | "log">,
  person: string,
  method: Destination,
  at: number,
): Promise<void> {
  const verify = async () => {
    const user: User | undefined = await users.find(person);
    const verified = user && withVerified(user, method, at);
    if (verified && verified !== user) await store(users, verified, user, at);
  };
  await retryOnConflict(verify).catch((error) => log.warn("a contact method was not verified", { error }));
}

/** Records the time of a person's last answer. A failure is only logged. One read unit. */
export async function recordAnswerTime(
  { reachability, log }: Pick<RecordAnswerDeps, "reachability" | "log">,
  person: string,
  at: number,
): Promise<void> {
  // The actor of a chat or an API key may be any name.
  const email = emailIn(person);
  if (email === undefined) return;
  const record = async () => {
    const known = await reachability.load(email);
    const next = withAnswer(known, at);
    if (next !== known) await reachability.save(next, known);
  };
  await retryOnConflict(record).catch((error) =>
    log.warn("the time of an answer was not recorded", { error }),
  );
}
