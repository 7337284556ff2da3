/** Stores of people and groups that the identity provider provisions. */
import type { Comparison } from "../../domain/access/scim/filter.ts";
import type { ScimGroup, ScimGroupAttributes } from "../../domain/access/scim/scim-group.ts";
import type { ScimUser, ScimUserAttributes } from "../../domain/access/scim/scim-user.ts";

export interface ScimPage<T> {
  readonly items: readonly T[];
  /** Number of all resources, at most `limits.scimResources`. */
  readonly total: number;
}

export interface ScimStore<T extends ScimUser | ScimGroup> {
  find(id: string): Promise<T | undefined>;
  /** Returns those that exist. */
  findAll(ids: readonly string[]): Promise<readonly T[]>;
  /** Finds the user with a user name, or the group with a display name, regardless of case. */
  findByName(name: string): Promise<T | undefined>;
  /** Finds the user who is known by an address, in lower case. */
  findByEmail(email: string): Promise<T | undefined>;
  findByExternalId(externalId: string): Promise<readonly T[]>;
  /** @throws AlreadyExists if the name or the address is taken */
  create(resource: T): Promise<void>;
  /**
   * @returns the resource with its new version
   * @throws StaleVersion if it has changed, or the new name or address is taken
   */
  replace(known: T, next: T): Promise<T>;
  /** @throws StaleVersion */
  remove(known: T): Promise<void>;
  /**
   * Returns a part of the list, oldest first. It reads the IDs of all resources, because clients ask for their number: half
   * a read unit per thirty.
   *
   * @param from index of the first resource
   */
  list(from: number, count: number): Promise<ScimPage<T>>;
}

/** Use cases of one type of resource. */
export interface ResourceUseCases<T, A> {
  readonly find: (id: string) => Promise<T>;
  readonly list: (from: number, count: number) => Promise<ScimPage<T>>;
  readonly search: (filter: readonly Comparison[]) => Promise<ScimPage<T>>;
  readonly create: (attributes: A, now: number) => Promise<T>;
  readonly change: (id: string, change: (known: T) => A, now: number) => Promise<T>;
  readonly remove: (id: string, now: number) => Promise<void>;
}

/** Operations of SCIM on people and groups. */
export interface ScimUseCases {
  readonly users: ResourceUseCases<ScimUser, ScimUserAttributes>;
  readonly groups: ResourceUseCases<ScimGroup, ScimGroupAttributes>;
}
