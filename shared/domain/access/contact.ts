/** A person's contact methods and notification rules. */
import { Invalid } from "../errors.ts";
import type { Urgency } from "../incidents/urgency-level.ts";
import type { ContactMethod } from "../notifications/notification.ts";

export interface NotificationRule {
  readonly contactMethodId: string;
  /** Delay from the decision to page, in seconds. */
  readonly delaySeconds: number;
}

/** A contact method of a person. */
export interface PersonalMethod extends ContactMethod {
  /** Time at which the person proved that they receive its messages, in epoch milliseconds; absent before. */
  readonly verifiedAt?: number | undefined;
}

export interface User {
  readonly email: string;
  readonly name: string;
  readonly timezone: string;
  readonly contactMethods: readonly PersonalMethod[];
  readonly notificationRules: readonly NotificationRule[];
  /** Rules for incidents of low urgency. Without any, email is used immediately. */
  readonly lowUrgencyRules: readonly NotificationRule[];
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/**
 * A contact method and its delay from the decision to page; null if it is used only after an earlier one
 * failed.
 */
export interface Contact {
  readonly method: PersonalMethod;
  readonly delaySeconds: number | null;
}

/**
 * Returns the contacts of a person, in order: their notification rules, then their other contact methods as
 * fallbacks. Without rules, the first contact method is used immediately, or for low urgency the first email
 * address. Without a record or a method, email is used.
 */
export function contactsOf(
  email: string,
  user: User | undefined,
  urgency: Urgency = "high",
): readonly Contact[] {
  const own = { id: "email", channel: "email", address: email } as const;
  const methods = user?.contactMethods ?? [];
  const rules = urgency === "low" ? user?.lowUrgencyRules : user?.notificationRules;
  const byRule = (rules ?? []).flatMap(({ contactMethodId, delaySeconds }) => {
    const method = methods.find(({ id }) => id === contactMethodId);
    return method ? [{ method, delaySeconds }] : [];
  });
  const planned =
    byRule.length > 0
      ? withoutRepeats(byRule.toSorted((a, b) => a.delaySeconds - b.delaySeconds))
      : [{ method: preferred(methods, urgency) ?? own, delaySeconds: 0 }];
  const last = methods.some(({ channel }) => channel === "email") ? [] : [own];
  const spare = [...methods, ...last].filter(
    (method) => !planned.some((contact) => sameMethod(contact.method, method)),
  );
  return [...planned, ...spare.map((method) => ({ method, delaySeconds: null }))];
}

/** Returns the email address of a person: that of the first contact by email, otherwise the one that names them. */
export function emailAddressOf(email: string, user: User | undefined): string {
  const contact = contactsOf(email, user).find(({ method }) => method.channel === "email");
  return contact?.method.address ?? email;
}

function preferred(methods: readonly ContactMethod[], urgency: Urgency): ContactMethod | undefined {
  return urgency === "low" ? methods.find(({ channel }) => channel === "email") : methods[0];
}

/** Removes rules with the same method and delay. */
function withoutRepeats<C extends Contact>(contacts: readonly C[]): readonly C[] {
  const same = (one: C, other: C) =>
    sameMethod(one.method, other.method) && one.delaySeconds === other.delaySeconds;
  return contacts.filter((contact, index) => contacts.findIndex((each) => same(each, contact)) === index);
}

/** Returns an unused ID: `sms`, then `sms-2`. */
export function freshMethodId(known: readonly ContactMethod[], channel: string): string {
  const taken = new Set(known.map(({ id }) => id));
  for (let count = 2, id: string = channel; ; count += 1) {
    if (!taken.has(id)) return id;
    id = `${channel}-${count}`;
  }
}

/**
 * Returns contact methods with what is known of their verification. A method with another channel or address is not
 * verified, so that a changed address has to be verified again.
 */
export function withKnownVerification(
  methods: readonly PersonalMethod[],
  known: readonly PersonalMethod[],
): readonly PersonalMethod[] {
  return methods.map((method) => {
    const verifiedAt = method.verifiedAt ?? known.find((each) => sameMethod(each, method))?.verifiedAt;
    return verifiedAt === undefined ? method : { ...method, verifiedAt };
  });
}

/** Marks the methods with a channel and address as verified, unless they are. Returns the same user if none changes. */
export function withVerified(user: User, proven: Destination, at: number): User {
  const isNew = (method: PersonalMethod) => sameMethod(method, proven) && method.verifiedAt === undefined;
  if (!user.contactMethods.some(isNew)) return user;
  const contactMethods = user.contactMethods.map((method) =>
    isNew(method) ? { ...method, verifiedAt: at } : method,
  );
  return { ...user, contactMethods };
}

/** Removes a contact method and the rules that use it. */
export function withoutMethod(user: User, id: string): User {
  return {
    ...user,
    contactMethods: user.contactMethods.filter((method) => method.id !== id),
    notificationRules: withoutUse(user.notificationRules, id),
    lowUrgencyRules: withoutUse(user.lowUrgencyRules, id),
  };
}

function withoutUse(rules: readonly NotificationRule[], id: string): readonly NotificationRule[] {
  return rules.filter(({ contactMethodId }) => contactMethodId !== id);
}

/** Fault of an address that is already listed. */
export const repeatedAddress = "is listed already for this channel";

/** Channel and address of a contact method. */
export type Destination = Pick<ContactMethod, "channel" | "address">;

/** @throws Invalid if the channel and address are listed already */
export function assertNotListed(known: readonly Destination[], added: Destination): void {
  if (known.some((each) => sameMethod(each, added)))
    throw new Invalid([{ path: "address", message: repeatedAddress }]);
}

export function sameMethod(one: Destination, other: Destination): boolean {
  return one.channel === other.channel && one.address === other.address;
}
