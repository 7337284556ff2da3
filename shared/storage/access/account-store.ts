import * as z from "zod";
import type { Account } from "../../domain/access/account.ts";
import type { AccountStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Key, Put, Removal, Table } from "../table.ts";
import { guardedBy } from "./administrator-guard-store.ts";

export const accountEntity = entity<Account>({
  name: "account",
  schema: z.object({
    id: z.string(),
    email: z.string(),
    formerEmails: z.array(z.string()).exactOptional(),
    name: z.string(),
    identity: z.object({ issuer: z.string(), subject: z.string() }).nullable(),
    active: z.boolean(),
    groups: z.array(z.string()),
    claimedGroups: z.array(z.string()),
    sessionsEndBefore: z.number(),
    endedSessions: z.array(
      z.object({ of: z.enum(["platform", "provider"]), id: z.string(), endedAt: z.number() }),
    ),
    createdAt: z.number(),
    signedInAt: z.number().nullable(),
    version: z.number(),
  }),
  key: ({ id }) => keys.account(id),
  indexes: () => ({ gsi1: partitions.accounts }),
  sort: ({ id }) => id,
});

const nameKinds = ["email", "former_email", "identity"] as const;

interface AccountName {
  readonly kind: (typeof nameKinds)[number];
  readonly value: string;
  readonly accountId: string;
}

/**
 * The account of an email, or of an identity at a provider. Each belongs to one account. A former email leads to the last
 * account that had it.
 */
export const accountNameEntity = entity<AccountName>({
  name: "account name",
  schema: z.object({ kind: z.enum(nameKinds), value: z.string(), accountId: z.string() }),
  key: (name) => keys.accountName(name),
});

export const auditedAccount = audited(
  accountEntity,
  "account",
  ({ email }) => email,
  ({ id, email, name, identity, active, groups, claimedGroups }) => ({
    id,
    email,
    name,
    subject: identity?.subject ?? null,
    active,
    groups,
    claimedGroups,
  }),
);

/**
 * Accounts of people. Recognizing someone takes half a read unit for an account of up to 4 KB, finding them by their email or
 * identity two. A change takes one write unit for each KB, and one for each name that changes. It reads the names that end.
 */
export function accountStore(table: Table): AccountStore {
  const accounts = entityStore(table, accountEntity, { label: ({ email }) => `The account of ${email}` });

  async function findByName(key: Key): Promise<Account | undefined> {
    const item = await table.get(key);
    return item && accounts.find(keys.account(accountNameEntity.parse(item).accountId));
  }

  /** Returns the removals of names. A former email stays if it leads to another account, which had it later. */
  async function released(names: readonly AccountName[]): Promise<Removal[]> {
    const removals = names.map(async (name): Promise<Removal[]> => {
      const { accountId } = name;
      const key = keys.accountName(name);
      const isOwn = (await table.get(key))?.accountId === accountId;
      return isOwn ? [{ remove: key, condition: { equals: { accountId } } }] : [];
    });
    return (await Promise.all(removals)).flat();
  }

  return {
    find: (id, options) => accounts.find(keys.account(id), options),
    findByEmail: (value) => findByName(keys.accountName({ kind: "email", value })),
    findByAnyEmail: async (value) =>
      (await findByName(keys.accountName({ kind: "email", value }))) ??
      (await findByName(keys.accountName({ kind: "former_email", value }))),
    findByIdentity: ({ issuer, subject }) =>
      findByName(keys.accountName({ kind: "identity", value: identityName(issuer, subject) })),
    create: (account) => accounts.create(account, namesOf(account).map(claimed)),
    async replace(known, next, guard) {
      const before = namesOf(known);
      const after = namesOf(next);
      const removals = await released(without(before, after));
      return accounts.replace(known, next, () => [
        ...removals,
        ...without(after, before).map(claimed),
        ...guardedBy(guard),
      ]);
    },
    remove: async (account, guard) =>
      accounts.remove(account, [...(await released(namesOf(account))), ...guardedBy(guard)]),
    list: (page) => accounts.list({ index: "gsi1", pk: partitions.accounts }, page),
  };
}

function namesOf({ id: accountId, email, formerEmails = [], identity }: Account): AccountName[] {
  const former = formerEmails.map((value) => ({ kind: "former_email", value, accountId }) as const);
  const byEmail = [{ kind: "email", value: email, accountId } as const, ...former];
  if (!identity) return byEmail;
  const value = identityName(identity.issuer, identity.subject);
  return [...byEmail, { kind: "identity", value, accountId }];
}

function identityName(issuer: string, subject: string): string {
  return JSON.stringify([issuer, subject]);
}

/** Returns the write of a name that no account has yet, or of a former email, which others may have had. */
function claimed(name: AccountName): Put {
  const item = accountNameEntity.toItem(name);
  return name.kind === "former_email" ? { item } : { item, condition: { absent: true } };
}

function without(names: readonly AccountName[], others: readonly AccountName[]): AccountName[] {
  return names.filter((name) =>
    others.every(({ kind, value }) => kind !== name.kind || value !== name.value),
  );
}
