/** Versions of form data, so that a form does not overwrite a change made by someone else in the meantime. */
import type { NotificationRule, User } from "./access/contact.ts";
import type { Service } from "./oncall/service.ts";

export function profileBase({ name, timezone }: Pick<User, "name" | "timezone">): string {
  return JSON.stringify([name, timezone]);
}

export function rulesBase(rules: readonly NotificationRule[]): string {
  return JSON.stringify(rules.map(({ contactMethodId, delaySeconds }) => [contactMethodId, delaySeconds]));
}

export function serviceBase({ name, updatedAt }: Service): string {
  return JSON.stringify([name, updatedAt]);
}
