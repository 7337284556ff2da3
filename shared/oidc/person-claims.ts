/** Reads who a person is from the claims of a verified ID token. */
import * as z from "zod";
import { SignInFailed, SignInRefused } from "../domain/access/sign-in-errors.ts";
import { emailIn } from "../domain/email.ts";
import { limits } from "../domain/limits.ts";
import { oneLine } from "../domain/text/lines.ts";
import { madeStorable } from "../domain/text/storable-text.ts";
import type { ProvidedPerson } from "../use-cases/ports/identity-provider.ts";

export interface ClaimRules {
  readonly groupsClaim: string;
  /** True if the provider verifies addresses without saying so. */
  readonly trustsEmail: boolean;
  /** Domains whose addresses may sign in, in lower case; empty: all. */
  readonly emailDomains: readonly string[];
}

const identifier = z.string().min(1).max(limits.idLength);
const names = z.string().optional().catch(undefined);

const claimsSchema = z.looseObject({
  iss: z.string().min(1),
  sub: identifier,
  sid: identifier.optional(),
  email: z.string().optional(),
  // Some providers write the truth as a text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(false),
  name: names,
  preferred_username: names,
});

/** Returns the person of an ID token. @throws SignInFailed for claims that identify no one; SignInRefused */
export function readPersonClaims(
  claims: Readonly<Record<string, unknown>>,
  { groupsClaim, trustsEmail, emailDomains }: ClaimRules,
): ProvidedPerson & { readonly providerSessionId: string | null } {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success)
    throw new SignInFailed("The identity provider sent an ID token without a valid subject.");
  const { iss: issuer, sub: subject, sid, email_verified: verified = trustsEmail, ...rest } = parsed.data;
  const email = emailIn(rest.email ?? "");
  if (email === undefined)
    throw new SignInRefused("The identity provider does not share your email address. Ask an administrator.");
  if (!verified)
    throw new SignInRefused(
      `The identity provider has not verified ${email}. Verify the address there, then sign in again.`,
    );
  if (emailDomains.length > 0 && !emailDomains.includes(email.slice(email.indexOf("@") + 1)))
    throw new SignInRefused(`${email} may not sign in here. Sign in with an address of your organization.`);
  return {
    identity: { issuer, subject },
    email,
    name: nameOf([rest.name, rest.preferred_username]) ?? email,
    groups: groupsIn(claims[groupsClaim]),
    providerSessionId: sid ?? null,
  };
}

function nameOf(candidates: readonly (string | undefined)[]): string | undefined {
  const lines = candidates.map((each) => oneLine(madeStorable(each ?? "")));
  const name = lines.find((line) => line !== "");
  return name && [...name].slice(0, limits.personNameLength).join("");
}

/** Providers send a list, or one name. */
function groupsIn(claim: unknown): string[] {
  const given = [claim].flat().filter((each) => typeof each === "string");
  const valid = given.filter((each) => each !== "" && each.length <= limits.groupNameLength);
  return [...new Set(valid)].sort().slice(0, limits.groupsOfPerson);
}
