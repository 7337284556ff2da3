/** Verifies logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
import { type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";
import { SignInFailed } from "../domain/access/sign-in-errors.ts";
import { limits } from "../domain/limits.ts";
import type { ProvidedLogout } from "../use-cases/ports/identity-provider.ts";

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** Types that providers write; many write none. Access tokens and ID tokens of newer providers have others. */
const types = ["logout+jwt", "application/logout+jwt", "jwt"];

const identifier = z.string().min(1).max(limits.idLength);

const claimsSchema = z
  .looseObject({
    iss: z.string(),
    jti: identifier,
    sub: identifier.optional(),
    sid: identifier.optional(),
    events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

interface Expected {
  readonly issuer: string;
  readonly clientId: string;
  /** Signature algorithms; without any, none is valid. */
  readonly algorithms: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

/** Returns what a token says. `now` is epoch milliseconds. @throws SignInFailed, or the error of fetching the keys */
export async function readLogoutToken(
  token: string,
  { issuer, clientId, algorithms, keys }: Expected,
  now: number,
): Promise<ProvidedLogout> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms: [...algorithms],
    clockTolerance: limits.clockSkewSeconds,
    maxTokenAge: limits.logoutTokenSeconds,
    currentDate: new Date(now),
  });
  const { typ } = protectedHeader;
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success || (typ !== undefined && !types.includes(typ.toLowerCase())))
    throw new SignInFailed("The token is not a logout token");
  const { jti: id, iss, sub, sid } = parsed.data;
  return { id, issuer: iss, subject: sub ?? null, providerSessionId: sid ?? null };
}
