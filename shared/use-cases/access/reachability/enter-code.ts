import { withVerified } from "../../../domain/access/contact.ts";
import {
  type MethodWithCode,
  pendingCode,
  withFailure,
  withoutCode,
} from "../../../domain/access/reachability.ts";
import { Invalid } from "../../../domain/errors.ts";
import type { SameSecret } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { changeUser } from "../change-user.ts";
import { type CodeDeps, digestOf, findMethod } from "./send-code.ts";

interface EnterCodeDeps extends Omit<CodeDeps, "verificationCode"> {
  readonly sameSecret: SameSecret;
}

/**
 * Verifies a contact method by the code that was sent to it. Entering it again changes nothing. After five wrong ones, or
 * when it expires, the person needs another code.
 *
 * @throws NotFound
 * @throws Invalid for a wrong code, or without one that can still be entered
 */
export async function enterCode(
  deps: EnterCodeDeps,
  email: string,
  methodId: string,
  entered: string,
  now: number,
): Promise<MethodWithCode> {
  const method = await findMethod(deps, email, methodId);
  if (method.verifiedAt !== undefined) return { method, codeExpiresAt: null };
  const digest = digestOf(deps, method, entered);
  const isRight = await retryOnConflict(async () => {
    const known = await deps.reachability.load(email);
    const code = pendingCode(known, methodId, now);
    if (!code) throw refused("has expired, or had too many failed attempts. Request a new code");
    if (deps.sameSecret(code.digest, digest)) return true;
    // Counted before it is answered, so that concurrent attempts cannot exceed the limit.
    await deps.reachability.save(withFailure(known, code), known);
    return false;
  });
  if (!isRight) throw refused("is incorrect. Check the message and enter the code again");
  const user = await changeUser(deps, email, (current) => withVerified(current, method, now), now);
  // The method may have been removed in the meantime.
  const verified = user.contactMethods.find(({ id }) => id === methodId) ?? method;
  await retryOnConflict(async () => {
    const known = await deps.reachability.load(email);
    if (known.codes.some((each) => each.methodId === methodId))
      await deps.reachability.save(withoutCode(known, methodId), known);
  });
  return { method: verified, codeExpiresAt: null };
}

function refused(message: string): Invalid {
  return new Invalid([{ path: "code", message }]);
}
