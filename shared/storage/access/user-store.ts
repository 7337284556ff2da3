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
    contactMethods: z.array(contactMethodSchema),
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
    put: async (user, known) => void (await users.replace(known, user, () => phonesOf(known, user))),
    remove: (user) => users.remove(user, phonesOf(user, undefined)),
    list: (page) => users.list({ index: "gsi1", pk: partitions.users }, page),
  };
}

/** Returns the changes of the owners of phone numbers, so that answers from them are recognized. */
function phonesOf(known: User | undefined, next: User | undefined): readonly (Put | Removal)[] {
  const before = phoneNumbersOf(known?.contactMethods ?? []);
  const after = phoneNumbersOf(next?.contactMethods ?? []);
  const added = known?.email === next?.email ? after.filter((number) => !before.includes(number)) : after;
  return [
    ...before
      .filter((number) => !after.includes(number))
      .map((number) => ({ remove: keys.phoneOwner(number) })),
    ...added.flatMap((number) =>
      next ? [{ item: phoneOwnerEntity.toItem({ number, email: next.email }) }] : [],
    ),
  ];
}
