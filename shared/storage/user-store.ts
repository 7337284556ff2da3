import * as z from "zod";
import { redactedMethod } from "../domain/address.ts";
import type { User } from "../domain/contact.ts";
import { StaleVersion } from "../domain/errors.ts";
import type { UserStore } from "../use-cases/ports.ts";
import { audited } from "./audited-table.ts";
import { contactMethodSchema } from "./contact-method-schema.ts";
import { entity } from "./entity.ts";
import { keys, partitions, timeKey } from "./keys.ts";
import { readPage } from "./listing.ts";
import { ConditionFailed, type Table } from "./table.ts";

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
    put: (user) => table.put({ item: userEntity.toItem(user) }),
    async replace(known, changed) {
      const condition = { equals: { updatedAt: known.updatedAt } };
      try {
        await table.put({ item: userEntity.toItem(changed), condition });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        throw new StaleVersion(`${known.email} was changed in between`);
      }
    },
    remove: (email) => table.remove(keys.user(email)),
    list: (page) => readPage(table, { entity: userEntity, index: "gsi1", pk: partitions.users }, page),
  };
}
