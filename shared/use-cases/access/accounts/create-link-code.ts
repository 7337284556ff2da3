import type { LinkedService } from "../../../domain/access/linked-account.ts";
import { limits } from "../../../domain/limits.ts";
import type { LinkedAccountStore } from "../../ports/access.ts";
import type { MakeSecret } from "../../ports/system.ts";
import { findUser } from "../find-user.ts";
import type { UserDeps } from "../store-user.ts";

interface CreateLinkCodeDeps extends UserDeps {
  readonly linkedAccounts: LinkedAccountStore;
  readonly makeSecret: MakeSecret;
  readonly sha256: (text: string) => string;
}

/**
 * Returns a code that links the first account at a service that sends it to this user.
 *
 * @throws NotFound
 */
export async function createLinkCode(
  deps: CreateLinkCodeDeps,
  email: string,
  service: LinkedService,
  now: number,
): Promise<string> {
  const user = await findUser(deps, email);
  const code = deps.makeSecret();
  await deps.linkedAccounts.createCode({
    digest: deps.sha256(code),
    service,
    email: user.email,
    expiresAt: now + limits.linkCodeSeconds * 1_000,
    usedBy: null,
    version: 1,
  });
  return code;
}
