import {
  type Account,
  isSameIdentity,
  withEmail,
  withEndedSessions,
} from "../../../domain/access/account.ts";
import { SignInRefused } from "../../../domain/access/sign-in-errors.ts";
import { AlreadyExists, StaleVersion } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { AccountStore, UserStore } from "../../ports/access.ts";
import type { ProvidedPerson } from "../../ports/identity-provider.ts";
import type { Ulid } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { newProfile } from "../new-profile.ts";
import { store } from "../store-user.ts";

export interface RecordSignInDeps {
  readonly accounts: AccountStore;
  readonly users: UserStore;
  readonly ulid: Ulid;
}

export interface RecordedSignIn {
  readonly account: Account;
  /** Address that the provider gave the person before; null if it is the same. Schedules and roles may still name it. */
  readonly formerEmail: string | null;
}

/**
 * Creates or updates the account and the user of a person who signed in. The account of the email is theirs, because the
 * provider has verified it. Repeating a step that a crash interrupted completes it.
 *
 * @throws SignInRefused if an account of theirs is deactivated
 */
export async function recordSignIn(
  { accounts, users, ulid }: RecordSignInDeps,
  person: ProvidedPerson,
  now: number,
): Promise<RecordedSignIn> {
  return retryOnConflict(async () => {
    const [ofEmail, ofIdentity] = await Promise.all([
      accounts.findByEmail(person.email),
      accounts.findByIdentity(person.identity),
    ]);
    if ([ofEmail, ofIdentity].some((each) => each?.active === false)) throw new SignInRefused();
    const known = ofEmail ?? ofIdentity;
    const formerEmail = ofIdentity && ofIdentity.email !== person.email ? ofIdentity.email : null;
    // The user comes first: until the account changes, a repeat finds the former address.
    await updateUser(users, known, { ...person, formerEmail }, now);
    if (ofEmail && ofIdentity && ofEmail.id !== ofIdentity.id)
      await accounts.replace(ofIdentity, { ...withEndedSessions(ofIdentity, now), identity: null });
    const account = known
      ? await accounts.replace(known, signedIn(known, person, now))
      : await create(accounts, newAccount(idPrefixes.account + ulid(now), person, now));
    return { account, formerEmail };
  });
}

/** Sessions end with the identity that opened them. */
function signedIn(known: Account, person: ProvidedPerson, now: number): Account {
  const isOther = known.identity !== null && !isSameIdentity(known.identity, person.identity);
  const account = withEmail(isOther ? withEndedSessions(known, now) : known, person.email);
  return { ...account, ...claimed(person), signedInAt: now };
}

function newAccount(id: string, person: ProvidedPerson, now: number): Account {
  return {
    id,
    ...claimed(person),
    active: true,
    groups: [],
    sessionsEndBefore: 0,
    endedSessions: [],
    createdAt: now,
    signedInAt: now,
    version: 1,
  };
}

function claimed({ identity, email, name, groups }: ProvidedPerson) {
  return { identity, email, name, claimedGroups: groups };
}

/** Creates an account; if someone else has created one with this email meanwhile, it is to be read again. */
async function create(accounts: AccountStore, account: Account): Promise<Account> {
  await accounts.create(account).catch((error: unknown) => {
    throw error instanceof AlreadyExists ? new StaleVersion(error.message) : error;
  });
  return account;
}

/** Keeps the name and the time zone that someone gave the user here. */
async function updateUser(
  users: UserStore,
  account: Account | undefined,
  { email, name, formerEmail }: ProvidedPerson & Pick<RecordedSignIn, "formerEmail">,
  now: number,
): Promise<void> {
  const user = await users.find(email);
  if (!user) {
    await store(users, { email, name, ...(await newProfile(users, formerEmail)) }, undefined, now);
  } else if (user.name === account?.name && user.name !== name) {
    await store(users, { ...user, name }, user, now);
  }
}
