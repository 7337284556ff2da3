/** Names of what forms begin with, so that a form which somebody else has overtaken is not saved over their change. */
import type { User } from "./access/contact.ts";
import type { Service } from "./oncall/service.ts";

export function profileBase({ name, timezone }: Pick<User, "name" | "timezone">): string {
  return JSON.stringify([name, timezone]);
}

export function rulesBase({ notificationRules }: User): string {
  return JSON.stringify(
    notificationRules.map(({ contactMethodId, delaySeconds }) => [contactMethodId, delaySeconds]),
  );
}

export function serviceBase({ name, updatedAt }: Service): string {
  return JSON.stringify([name, updatedAt]);
}
