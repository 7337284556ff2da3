import * as z from "zod";
import { type LinkCode, type LinkedAccount, linkedServices } from "../../domain/access/linked-account.ts";
import type { LinkedAccountStore } from "../../use-cases/ports/access.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

const service = z.enum(linkedServices);

export const linkedAccountEntity = entity<LinkedAccount>({
  name: "linked account",
  schema: z.object({
    service,
    account: z.string(),
    email: z.string(),
    linkedAt: z.number(),
    version: z.number(),
  }),
  key: (account) => keys.linkedAccount(account),
});

export const linkCodeEntity = entity<LinkCode>({
  name: "link code",
  // Not named expiresAt, which is the item's own in seconds.
  schema: z.codec(
    z.object({
      digest: z.string(),
      service,
      email: z.string(),
      until: z.number(),
      usedBy: z.string().nullable(),
      version: z.number(),
    }),
    z.custom<LinkCode>(),
    {
      decode: ({ until, ...code }) => ({ ...code, expiresAt: until }),
      encode: ({ expiresAt, ...code }) => ({ ...code, until: expiresAt }),
    },
  ),
  key: ({ digest }) => keys.linkCode(digest),
  expiresAt: ({ expiresAt }) => expiryAfter(expiresAt, 0),
});

const hourSeconds = 3_600;

/** Costs one read per message from a chat service. */
export function linkedAccountStore(table: Table): LinkedAccountStore {
  const accounts = entityStore(table, linkedAccountEntity, {
    label: ({ service, account }) => `${service} account ${account}`,
  });
  const codes = entityStore(table, linkCodeEntity, { label: () => "The link code" });
  return {
    find: (account) => accounts.find(keys.linkedAccount(account)),
    put: async (account, known) => void (await accounts.replace(known, account)),
    remove: (known) => accounts.remove(known),
    createCode: (code) => codes.create(code),
    findCode: (digest) => codes.find(keys.linkCode(digest)),
    replaceCode: async (known, code) => void (await codes.replace(known, code)),
    countAttempt: (account, now) => {
      const hour = now - (now % (hourSeconds * 1_000));
      return table.increment(keys.linkAttempts(account, hour), { expiresAt: expiryAfter(hour, hourSeconds) });
    },
  };
}
