/** Stores of users, accounts, API keys and sessions. */
import type { Account, ProviderIdentity } from "../../domain/access/account.ts";
import type { AnswerAction, Answerer } from "../../domain/access/answer.ts";
import type { ApiKey, ApiKeyUse } from "../../domain/access/api-key.ts";
import type { User } from "../../domain/access/contact.ts";
import type { Subject } from "../../domain/access/decide.ts";
import type { LinkCode, LinkedAccount } from "../../domain/access/linked-account.ts";
import type { Principal } from "../../domain/access/principal.ts";
import type { PushDevices } from "../../domain/access/push-device.ts";
import type { Reachability } from "../../domain/access/reachability.ts";
import type { RoleList } from "../../domain/access/roles.ts";
import type { Page, PageRequest } from "./page.ts";

/**
 * Requires the right of the current request for a thing, before it is changed.
 *
 * @param subject the thing, or a function that reads its team, for callers who do not have the right in all teams
 * @param unless returns true if the principal may do it without the right
 * @throws AccessDenied
 */
export type Authorize = (
  subject: Subject | (() => Promise<Subject>),
  unless?: (principal: Principal) => Promise<boolean>,
) => Promise<void>;

/**
 * Runs what someone asks for in a channel, as that person.
 *
 * @throws AnswerDenied if roles are assigned, and theirs don't suffice or the channel does not identify them
 */
export type AnswerAs = <T>(answerer: Answerer, action: AnswerAction, run: () => Promise<T>) => Promise<T>;

export interface UserStore {
  find(email: string): Promise<User | undefined>;
  /** Returns those users that exist. */
  findAll(emails: readonly string[]): Promise<readonly User[]>;
  /** @param known the user to replace; undefined if none @throws StaleVersion if the user has changed */
  put(user: User, known?: User): Promise<void>;
  /** @throws StaleVersion */
  remove(user: User): Promise<void>;
  list(page: PageRequest): Promise<Page<User>>;
}

/** Written along with each change that takes the right to administer from someone. Two changes cannot use the same one. */
export interface AdministratorGuard {
  /** 0 before the first such change. */
  readonly version: number;
}

export interface AdministratorGuardStore {
  load(): Promise<AdministratorGuard>;
}

/** Accounts of people: one for each email, and one for each identity at a provider. */
export interface AccountStore {
  /** @param options.stale allows a state that is up to a second old, at half the price */
  find(id: string, options?: { readonly stale?: boolean }): Promise<Account | undefined>;
  findByEmail(email: string): Promise<Account | undefined>;
  /** Returns the account of an email, otherwise the last one that had it before. Half a unit more if no account has it. */
  findByAnyEmail(email: string): Promise<Account | undefined>;
  findByIdentity(identity: ProviderIdentity): Promise<Account | undefined>;
  /** @throws AlreadyExists if an account has the email or the identity */
  create(account: Account): Promise<void>;
  /**
   * @param guard from `guardAdministrators`
   * @returns the account with its new version
   * @throws StaleVersion if it has changed, another account has the new email or identity, or the guard was used
   */
  replace(known: Account, next: Account, guard?: AdministratorGuard): Promise<Account>;
  /** @param guard from `guardAdministrators` @throws StaleVersion */
  remove(account: Account, guard?: AdministratorGuard): Promise<void>;
  list(page: PageRequest): Promise<Page<Account>>;
}

export interface PushDeviceStore {
  /** Returns the devices of a person, none if none are stored. One read unit for each 4 KiB, of which ten take one or two. */
  load(email: string): Promise<PushDevices>;
  /** @param known as they were read @throws StaleVersion if they have changed */
  save(next: PushDevices, known: PushDevices): Promise<void>;
  /** @throws StaleVersion */
  remove(known: PushDevices): Promise<void>;
}

/** Last answers of people, and the codes that verify their contact methods: one item of about 1 KiB per person. */
export interface ReachabilityStore {
  /** Costs one read unit. */
  load(email: string): Promise<Reachability>;
  /** Returns those that exist, one unit each. */
  loadAll(emails: readonly string[]): Promise<readonly Reachability[]>;
  /** @param known as it was read @throws StaleVersion if it has changed */
  save(next: Reachability, known: Reachability): Promise<void>;
  remove(email: string): Promise<void>;
  /** Removes it for a deleted user, except the limit of codes while it lasts. @throws StaleVersion */
  endOf(email: string, now: number): Promise<void>;
}

/** State of a phone number, as far as people answer from it. */
export interface Phone {
  /** Email of the person who was last paged on it, otherwise of the first whose record has it; undefined if there is none. */
  readonly owner: string | undefined;
  /** True if STOP was sent from it: it gets no text messages until START. */
  readonly isStopped: boolean;
}

/** Phone numbers in the form of `normalAddress`. Saving a user makes them the owner of their numbers that have none. */
export interface PhoneStore {
  /** Takes one request for two small items. */
  find(number: string): Promise<Phone>;
  /** Returns those of the numbers that get no text messages. */
  stopped(numbers: readonly string[]): Promise<ReadonlySet<string>>;
  setOwner(number: string, email: string): Promise<void>;
  /** @param now time of the answer, epoch milliseconds */
  stop(number: string, now: number): Promise<void>;
  restart(number: string): Promise<void>;
}

export interface ApiKeyStore {
  create(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  /** Takes one read, whether the key exists or not. */
  findByDigest(digest: string): Promise<ApiKey | undefined>;
  list(page: PageRequest): Promise<Page<ApiKey>>;
  /**
   * Stores a changed key. If the digest changes, the old key stops working.
   *
   * @param guard from `guardAdministrators`
   * @returns the key with its new version
   * @throws StaleVersion
   */
  replace(known: ApiKey, changed: ApiKey, guard?: AdministratorGuard): Promise<ApiKey>;
  /** Returns the time of the last use by ID, for used keys; up to `limits.apiKeyUseSeconds` late. */
  lastUses(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Takes one read, plus one write unless a use after `unlessSince` (epoch milliseconds) is recorded. */
  recordUse(key: Pick<ApiKey, "id" | "name" | "breakGlass">, at: number, unlessSince: number): Promise<void>;
  /** Returns uses of break-glass keys that were not announced yet. */
  usesToAnnounce(): Promise<readonly ApiKeyUse[]>;
  announced(use: ApiKeyUse): Promise<void>;
}

/** Roles of people, in teams and in all teams. */
export interface RoleStore {
  /** Returns all lists, as they were up to a second ago. Costs half a read unit per 4 KiB, of which a list takes up to 10. */
  loadAll(): Promise<readonly RoleList[]>;
  /** @param team null for the roles in all teams */
  find(team: string | null): Promise<RoleList>;
  /** @param guard from `guardAdministrators` @returns the list with its new version @throws StaleVersion */
  replace(known: RoleList, next: RoleList, guard?: AdministratorGuard): Promise<RoleList>;
}

/** Sessions that were signed out, by the digest of their token. */
export interface EndedSessionStore {
  /** Epoch milliseconds. */
  end(digest: string, now: number): Promise<void>;
  hasEnded(digest: string): Promise<boolean>;
}

/** A session at the identity provider, for signing out there. */
export interface ProviderSession {
  /** From `providerSessionName`. */
  readonly name: string;
  readonly accountId: string;
  readonly idToken: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface ProviderSessionStore {
  put(session: ProviderSession): Promise<void>;
  find(name: string): Promise<ProviderSession | undefined>;
}

/** Tokens that work once, by their digest. */
export interface UsedTokenStore {
  isUsed(digest: string): Promise<boolean>;
  /**
   * @param until time at which the token expires, epoch milliseconds
   * @returns false if it was used before
   */
  use(digest: string, until: number): Promise<boolean>;
}

type AccountId = Pick<LinkedAccount, "service" | "account">;

/** Accounts at chat services, and the codes that link them. */
export interface LinkedAccountStore {
  find(account: AccountId): Promise<LinkedAccount | undefined>;
  /** @param known the account to replace; undefined if none @throws StaleVersion if it has changed */
  put(account: LinkedAccount, known: LinkedAccount | undefined): Promise<void>;
  /** @throws StaleVersion */
  remove(known: LinkedAccount): Promise<void>;
  createCode(code: LinkCode): Promise<void>;
  findCode(digest: string): Promise<LinkCode | undefined>;
  /** @throws StaleVersion */
  replaceCode(known: LinkCode, code: LinkCode): Promise<void>;
  /** Returns the number of codes that the account sent this hour, including this one. */
  countAttempt(account: AccountId, now: number): Promise<number>;
}
