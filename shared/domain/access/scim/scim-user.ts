/** People as the identity provider describes them. */
import { emailIn } from "../../email.ts";
import type { AttributeShapes } from "./patch.ts";

export interface ScimEmail {
  readonly value: string;
  readonly type?: string | undefined;
  readonly primary?: boolean | undefined;
}

export interface ScimName {
  readonly formatted?: string | undefined;
  readonly familyName?: string | undefined;
  readonly givenName?: string | undefined;
}

/** Attributes that the provider sets. */
export interface ScimUserAttributes {
  readonly userName: string;
  readonly externalId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly name?: ScimName | undefined;
  readonly emails?: readonly ScimEmail[] | undefined;
  /** False for a person who must not sign in. If it is absent, it stays as it is, and is true for a new person. */
  readonly active?: boolean | undefined;
}

export interface GroupReference {
  readonly id: string;
  readonly name: string;
}

/** A provisioned person. Times are epoch milliseconds. */
export interface ScimUser extends ScimUserAttributes {
  /** `usr_` and a ULID. */
  readonly id: string;
  readonly active: boolean;
  readonly groups: readonly GroupReference[];
  /** Account that the person signs in with. Null if no address is an email, which earlier releases accepted. */
  readonly accountId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

export const userShapes: AttributeShapes = {
  userName: { kind: "simple" },
  externalId: { kind: "simple" },
  displayName: { kind: "simple" },
  active: { kind: "simple" },
  name: { kind: "complex", parts: ["formatted", "familyName", "givenName"] },
  emails: { kind: "multi", parts: ["value", "type", "primary"] },
};

/** Returns the attributes that the provider can change. */
export function attributesOfUser(user: ScimUser): ScimUserAttributes {
  const { id, groups, accountId, createdAt, updatedAt, version, ...attributes } = user;
  return attributes;
}

/**
 * Returns the address that the platform knows the person by: the primary email, otherwise the first, otherwise the user
 * name. Null if none is an email address.
 */
export function emailOfUser({
  userName,
  emails = [],
}: Pick<ScimUserAttributes, "userName" | "emails">): string | null {
  const primary = emails.filter((email) => email.primary);
  const found = [...primary, ...emails]
    .map(({ value }) => emailIn(value))
    .find((email) => email !== undefined);
  return found ?? emailIn(userName) ?? null;
}

export function nameOfUser({ userName, displayName, name }: ScimUserAttributes): string {
  const full = [name?.givenName, name?.familyName].filter((part) => part).join(" ");
  return [displayName, name?.formatted, full, userName].find((each) => each?.trim()) ?? userName;
}
