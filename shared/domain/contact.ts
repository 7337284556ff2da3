/** How a person wants to be reached. */
import type { ContactMethod } from "./notification.ts";

export interface NotificationRule {
  readonly contactMethodId: string;
  /** After the decision to page. */
  readonly delaySeconds: number;
}

export interface User {
  readonly email: string;
  readonly name: string;
  readonly timezone: string;
  readonly contactMethods: readonly ContactMethod[];
  readonly notificationRules: readonly NotificationRule[];
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** A way that is taken so long after the decision; null: only when one before it has failed. */
export interface Contact {
  readonly method: ContactMethod;
  readonly delaySeconds: number | null;
}

/**
 * How somebody is paged, in order: by their rules, and if those fail by what else they have. Without rules their first
 * contact method at once; without a record, or a method, by e-mail.
 */
export function contactsOf(email: string, user: User | undefined): readonly Contact[] {
  const own = { id: "email", channel: "email", address: email } as const;
  const methods = user?.contactMethods ?? [];
  const byRule = (user?.notificationRules ?? []).flatMap(({ contactMethodId, delaySeconds }) => {
    const method = methods.find(({ id }) => id === contactMethodId);
    return method ? [{ method, delaySeconds }] : [];
  });
  const planned =
    byRule.length > 0
      ? byRule.toSorted((a, b) => a.delaySeconds - b.delaySeconds)
      : [{ method: methods[0] ?? own, delaySeconds: 0 }];
  const last = methods.some(({ channel }) => channel === "email") ? [] : [own];
  const spare = [...methods, ...last].filter(
    (method) => !planned.some((contact) => sameWay(contact.method, method)),
  );
  return [...planned, ...spare.map((method) => ({ method, delaySeconds: null }))];
}

export function sameWay(one: ContactMethod, other: ContactMethod): boolean {
  return one.channel === other.channel && one.address === other.address;
}
