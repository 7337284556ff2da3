/** People's identities: who may sign in, and which of their sessions are over. Their user records say how to page them. */
import { limits } from "../limits.ts";
import type { Actor } from "./audit.ts";

/** A person at an identity provider. The pair never changes and is never given to someone else. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** Times are epoch milliseconds. */
export interface Account {
  /** `acc_` and a ULID. It stays when the email changes. */
  readonly id: string;
  /** In lower case. No two accounts have the same. */
  readonly email: string;
  /** Latest emails that it had before, which schedules and contact methods may still name. The latest comes first. */
  readonly formerEmails?: readonly string[];
  readonly name: string;
  /** Null until the first sign-in. */
  readonly identity: ProviderIdentity | null;
  /** False for a person who can no longer sign in. */
  readonly active: boolean;
  /** Groups that SCIM provisioned. */
  readonly groups: readonly string[];
  /** Groups that the provider named at the last sign-in. */
  readonly claimedGroups: readonly string[];
  /** Sessions opened before this time are over; 0 if none are. */
  readonly sessionsEndBefore: number;
  /** Sessions that ended before their time, the latest last. */
  readonly endedSessions: readonly EndedSession[];
  readonly createdAt: number;
  /** Null until the first sign-in. */
  readonly signedInAt: number | null;
  readonly version: number;
}

/** One or more sessions that ended: one of this platform, or all that belong to a session at the provider. */
export interface EndedSession {
  readonly of: "platform" | "provider";
  readonly id: string;
  readonly endedAt: number;
}

/** A session of a person. It refers to the account, which has all that can change. */
export interface PersonSession {
  readonly accountId: string;
  readonly identity: ProviderIdentity;
  readonly id: string;
  /** Session at the provider; null if the provider did not name one. */
  readonly providerSessionId: string | null;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

/** Returns a person as the audit log names them. */
export function actorOfPerson({ email, identity }: Pick<Account, "email" | "identity">): Actor {
  return { actor: email, actorKind: "person", subject: identity?.subject ?? null };
}

/** Returns the groups of a person, which roles may name. */
export function allGroupsOf({ groups, claimedGroups }: Account): readonly string[] {
  return [...new Set([...groups, ...claimedGroups])];
}

/** Returns the account with an email. It keeps the one that it had as a former email. */
export function withEmail(account: Account, email: string): Account {
  if (email === account.email) return account;
  const others = (account.formerEmails ?? []).filter((former) => former !== email);
  return { ...account, email, formerEmails: [account.email, ...others].slice(0, limits.formerEmails) };
}

export function withoutFormerEmail(account: Account, email: string): Account {
  return { ...account, formerEmails: account.formerEmails?.filter((former) => former !== email) ?? [] };
}

/** Returns true if the session is of this account and nothing has ended it. Its expiry is part of its signature. */
export function isOpen(account: Account, session: PersonSession): boolean {
  const { active, identity, sessionsEndBefore, endedSessions } = account;
  return (
    active &&
    account.id === session.accountId &&
    isSameIdentity(identity, session.identity) &&
    session.issuedAt >= sessionsEndBefore &&
    !endedSessions.some((ended) => isPartOf(session, ended))
  );
}

/** A session that the provider gave no ID may be part of any that ended there. */
function isPartOf(session: PersonSession, { of, id, endedAt }: EndedSession): boolean {
  const { providerSessionId, issuedAt } = session;
  if (of === "platform") return session.id === id;
  return providerSessionId === null ? issuedAt < endedAt : providerSessionId === id;
}

export function isSameIdentity(one: ProviderIdentity | null, other: ProviderIdentity | null): boolean {
  return one?.issuer === other?.issuer && one?.subject === other?.subject;
}

/** Ends one session. Where too many ended early, all sessions that were opened until then end with the oldest. */
export function withEndedSession(account: Account, ended: EndedSession): Account {
  const isKnown = account.endedSessions.some(({ of, id }) => of === ended.of && id === ended.id);
  if (isKnown) return account;
  const expiredAt = ended.endedAt - limits.sessionSeconds * 1_000;
  const current = account.endedSessions.filter(({ endedAt }) => endedAt > expiredAt);
  const endedSessions = [...current, ended].slice(-limits.endedSessionsOfAccount);
  return endedSessions.length <= current.length
    ? { ...withEndedSessions(account, current[0]?.endedAt ?? ended.endedAt), endedSessions }
    : { ...account, endedSessions };
}

/** Ends all sessions that were opened before a time. */
export function withEndedSessions(account: Account, before: number): Account {
  return { ...account, sessionsEndBefore: Math.max(account.sessionsEndBefore, before) };
}

/** Deactivates an account, which ends its sessions, also after it is activated again. */
export function deactivated(account: Account, now: number): Account {
  return { ...withEndedSessions(account, now), active: false };
}

/** Returns the name under which the provider's session of a session is stored. */
export function providerSessionName(
  { issuer }: Pick<ProviderIdentity, "issuer">,
  { providerSessionId, id }: Pick<PersonSession, "providerSessionId" | "id">,
): string {
  return JSON.stringify(providerSessionId === null ? ["platform", id] : [issuer, providerSessionId]);
}
