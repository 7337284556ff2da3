import * as z from "zod";
import { redactedMethod } from "../../channels/address.ts";
import type { User } from "../../domain/access/contact.ts";
import type { UserStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import type { Table } from "../table.ts";
import { contactMethodSchema } from "./contact-method-schema.ts";

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
    put: async (user, known) => void (await users.replace(known, user)),
    remove: (user) => users.remove(user),
    list: (page) => users.list({ index: "gsi1", pk: partitions.users }, page),
  };
}
