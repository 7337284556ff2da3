import * as z from "zod";
import { phoneNumbersOf, redactedMethod } from "../../channels/address.ts";
import type { User } from "../../domain/access/contact.ts";
import type { UserStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import type { Put, Removal, Table } from "../table.ts";
import { contactMethodSchema } from "./contact-method-schema.ts";
import { phoneOwnerEntity } from "./phone-store.ts";

const rulesSchema = z.array(z.object({ contactMethodId: z.string(), delaySeconds: z.number() }));

export const userEntity = entity<User>({
  name: "user",
  schema: z.object({
    email: z.string(),
    name: z.string(),
    timezone: z.string(),
    contactMethods: z.array(contactMethodSchema.extend({ verifiedAt: z.number().optional() })),
    notificationRules: rulesSchema,
    lowUrgencyRules: rulesSchema.default([]),
    updatedAt: z.number(),
  }),
  key: ({ email }) => keys.user(email),
  indexes: () => ({ gsi1: partitions.users }),
  sort: ({ updatedAt, email }) => timeKey(updatedAt, email),
});

export const auditedUser = audited(
  userEntity,
  "user",
  ({ email }) => email,
  (user) => ({ ...user, contactMethods: user.contactMethods.map(redactedMethod) }),
);

export function userStore(table: Table): UserStore {
  const users = entityStore(table, userEntity, {
    label: ({ email }) => email,
    revision: ({ updatedAt }) => ({ updatedAt }),
  });
  return {
    find: (email) => users.find(keys.user(email)),
    findAll: (emails) => users.findAll([...new Set(emails)].map(keys.user)),
    put: async (user, known) => {
      const owners = await ownerChanges(table, known, user);
      await users.replace(known, user, () => owners);
    },
    remove: async (user) => users.remove(user, await ownerChanges(table, user, undefined)),
    list: (page) => users.list({ index: "gsi1", pk: partitions.users }, page),
  };
}

/**
 * Returns the changes of the owners of phone numbers, so that answers from them are recognized. A number that already has
 * an owner keeps it: a mistyped number must not take over the answers of someone else. One read for each changed number.
 */
async function ownerChanges(
  table: Table,
  known: User | undefined,
  next: User | undefined,
): Promise<(Put | Removal)[]> {
  const before = phoneNumbersOf(known?.contactMethods ?? []);
  const after = phoneNumbersOf(next?.contactMethods ?? []);
  const removed = before.filter((number) => !after.includes(number));
  const added = after.filter((number) => !before.includes(number));
  const ownerOf = async (number: string) => {
    const item = await table.get(keys.phoneOwner(number));
    return item && phoneOwnerEntity.parse(item).email;
  };
  const removals = removed.map(async (number): Promise<(Put | Removal)[]> => {
    const email = await ownerOf(number);
    const isOwn = email !== undefined && email === known?.email;
    return isOwn ? [{ remove: keys.phoneOwner(number), condition: { equals: { email } } }] : [];
  });
  const puts = added.map(async (number): Promise<(Put | Removal)[]> => {
    if (!next || (await ownerOf(number)) !== undefined) return [];
    const item = phoneOwnerEntity.toItem({ number, email: next.email });
    return [{ item, condition: { absent: true } }];
  });
  return (await Promise.all([...removals, ...puts])).flat();
}
