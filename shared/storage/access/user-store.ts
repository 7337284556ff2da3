import * as z from "zod";
import { redactedMethod } from "../../channels/address.ts";
import type { User } from "../../domain/access/contact.ts";
import type { UserStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { orStale } from "../conditional-write.ts";
import { entity } from "../entity.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readPage } from "../listing.ts";
import type { Condition, Table } from "../table.ts";
import { contactMethodSchema } from "./contact-method-schema.ts";

export const userEntity = entity<User>({
  name: "user",
  schema: z.object({
    email: z.string(),
    name: z.string(),
    timezone: z.string(),
    contactMethods: z.array(contactMethodSchema),
    notificationRules: z.array(z.object({ contactMethodId: z.string(), delaySeconds: z.number() })),
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

function unchangedSince({ updatedAt }: User): Condition {
  return { equals: { updatedAt } };
}

export function userStore(table: Table): UserStore {
  return {
    async find(email) {
      const item = await table.get(keys.user(email));
      return item && userEntity.parse(item);
    },
    async findAll(emails) {
      const items = await table.getAll([...new Set(emails)].map(keys.user));
      return items.map(userEntity.parse);
    },
    async put(user, known) {
      const condition = known ? unchangedSince(known) : { absent: true as const };
      await orStale(user.email, table.put({ item: userEntity.toItem(user), condition }));
    },
    remove: (user) => orStale(user.email, table.remove(keys.user(user.email), unchangedSince(user))),
    list: (page) => readPage(table, { entity: userEntity, index: "gsi1", pk: partitions.users }, page),
  };
}
