import { ulid } from "ulid";
import { sha256 } from "../crypto/sha256.ts";
import { AlreadyCreated, Invalid } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import type { IdempotencyStore, RepeatableRequest } from "../use-cases/ports/idempotency.ts";
import type { Ulid } from "../use-cases/ports/system.ts";
import { KeyReused } from "./errors.ts";

export type StoredReply = NonNullable<RepeatableRequest["reply"]>;

/**
 * Handles a request with an Idempotency-Key.
 *
 * A repeat of a completed request gets the stored response. A repeat after a crash is handled again with the
 * same time and IDs, so completed steps have no further effect. If the response contained a secret, a repeat
 * gets only the ID of the created resource.
 *
 *   begin ── handle ── finish        first time
 *   begin ── handle ✗                crashed
 *            handle ── finish        repeated: same seed, same IDs
 *
 * @param keptSeconds time for which repeats are recognized; default: `limits.idempotencySeconds`
 * @param owner separates the keys of different callers and endpoints
 * @throws AlreadyCreated if it was completed, and `secretOnce`
 * @throws KeyReused if the key was used with another body
 */
export async function handleOnce(
  store: IdempotencyStore,
  request: {
    readonly owner: string;
    readonly key: string;
    readonly body: string;
    readonly now: number;
    readonly seed: string;
    readonly keptSeconds?: number | undefined;
    readonly secretOnce?: boolean | undefined;
  },
  handle: (now: number, ulid: Ulid) => Promise<StoredReply>,
): Promise<StoredReply> {
  const { owner, key, body, now, seed, keptSeconds, secretOnce = false } = request;
  if (key.length > limits.idempotencyKeyLength) {
    throw new Invalid([
      { path: "Idempotency-Key", message: `must have at most ${limits.idempotencyKeyLength} characters` },
    ]);
  }
  const id = sha256(JSON.stringify([owner, key]));
  const known = await store.begin(id, {
    bodyDigest: sha256(body),
    seed,
    startedAt: now,
    ...(keptSeconds !== undefined && { keptSeconds }),
    reply: null,
  });
  if (known.bodyDigest !== sha256(body))
    throw new KeyReused("This Idempotency-Key was already used with another body");
  if (known.reply) {
    if (secretOnce) throw new AlreadyCreated(known.reply.body);
    return known.reply;
  }
  const reply = await handle(known.startedAt, seededUlids(known.seed));
  await store.finish(id, { ...known, reply: secretOnce ? withoutSecret(reply) : reply });
  return reply;
}

/** Reduces a response with a secret to the ID. */
function withoutSecret(reply: StoredReply): StoredReply {
  return { ...reply, body: (JSON.parse(reply.body) as { readonly id: string }).id };
}

/** Returns ULIDs whose random part derives from the seed, so that the n-th is always the same. */
export function seededUlids(seed: string): Ulid {
  let draws = 0;
  const random = () => {
    draws += 1;
    return Number.parseInt(sha256(`${seed}#${draws}`).slice(0, 8), 16) / 2 ** 32;
  };
  return (now) => ulid(now, random);
}
