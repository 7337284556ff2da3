/** Versions of form data, so that a form does not overwrite a change made by someone else in the meantime. */
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
