import * as z from "zod";
import type { ScimGroup } from "../../domain/access/scim/scim-group.ts";
import { emailOfUser, type ScimUser } from "../../domain/access/scim/scim-user.ts";
import { limits } from "../../domain/limits.ts";
import type { ScimStore } from "../../use-cases/ports/scim.ts";
import { audited } from "../audited-table.ts";
import { type Entity, entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Key, Put, Removal, Table } from "../table.ts";

const nameKinds = ["user", "group", "email"] as const;
type NameKind = (typeof nameKinds)[number];

const optionalText = z.string().optional();

const common = {
  id: z.string(),
  externalId: optionalText,
  createdAt: z.number(),
  updatedAt: z.number(),
  version: z.number(),
};

export const scimUserEntity = entity<ScimUser>({
  name: "scim user",
  schema: z.object({
    ...common,
    userName: z.string(),
    displayName: optionalText,
    name: z.object({ formatted: optionalText, familyName: optionalText, givenName: optionalText }).optional(),
    emails: z
      .array(z.object({ value: z.string(), type: optionalText, primary: z.boolean().optional() }))
      .optional(),
    // Earlier releases stored only what the provider sent.
    active: z.boolean().default(true),
    groups: z.array(z.object({ id: z.string(), name: z.string() })),
    accountId: z.string().nullable(),
  }),
  key: ({ id }) => keys.scimUser(id),
  indexes: ({ externalId }) => ({
    gsi1: partitions.scimUsers,
    gsi2: externalId === undefined ? undefined : partitions.scimExternalId("user", externalId),
  }),
  sort: ({ id }) => id,
});

export const scimGroupEntity = entity<ScimGroup>({
  name: "scim group",
  schema: z.object({ ...common, displayName: z.string(), members: z.array(z.string()) }),
  key: ({ id }) => keys.scimGroup(id),
  indexes: ({ externalId }) => ({
    gsi1: partitions.scimGroups,
    gsi2: externalId === undefined ? undefined : partitions.scimExternalId("group", externalId),
  }),
  sort: ({ id }) => id,
});

interface ScimNamePointer {
  readonly kind: NameKind;
  /** In lower case. */
  readonly name: string;
  readonly id: string;
}

/** The resource of a user name, a group's name or a person's email. Each belongs to one. */
export const scimNameEntity = entity<ScimNamePointer>({
  name: "scim name",
  schema: z.object({ kind: z.enum(nameKinds), name: z.string(), id: z.string() }),
  key: ({ kind, name }) => keys.scimName(kind, name),
});

/** Users are audited as accounts. */
export const auditedScimGroup = audited(
  scimGroupEntity,
  "group",
  ({ displayName }) => displayName,
  ({ id, displayName, members }) => ({ id, displayName, members }),
);

interface Description<T> {
  readonly kind: "user" | "group";
  readonly entity: Entity<T>;
  readonly keyOf: (id: string) => Key;
  readonly list: string;
  readonly nameOf: (resource: T) => string;
  /** Returns the address of a person; null for none. */
  readonly emailOf: (resource: T) => string | null;
}

export const scimUserStore = (table: Table): ScimStore<ScimUser> =>
  storeOf(table, {
    kind: "user",
    entity: scimUserEntity,
    keyOf: keys.scimUser,
    list: partitions.scimUsers,
    nameOf: ({ userName }) => userName,
    emailOf: emailOfUser,
  });

export const scimGroupStore = (table: Table): ScimStore<ScimGroup> =>
  storeOf(table, {
    kind: "group",
    entity: scimGroupEntity,
    keyOf: keys.scimGroup,
    list: partitions.scimGroups,
    nameOf: ({ displayName }) => displayName,
    emailOf: () => null,
  });

/** Resources per item of an index that are looked up by an external ID. */
const mostEqual = 10;

/** A change costs one write unit for each KB, and two for each name that changes. */
function storeOf<T extends ScimUser | ScimGroup>(
  table: Table,
  { kind, entity, keyOf, list, nameOf, emailOf }: Description<T>,
): ScimStore<T> {
  const store = entityStore<T>(table, entity, {
    label: (resource) => `The ${kind} ${JSON.stringify(nameOf(resource))}`,
  });
  const namesOf = (resource: T): ScimNamePointer[] => {
    const { id } = resource;
    const email = emailOf(resource);
    const named = { kind, name: nameOf(resource).toLowerCase(), id };
    return email === null ? [named] : [named, { kind: "email", name: email, id }];
  };
  const claimed = (name: ScimNamePointer): Put => ({
    item: scimNameEntity.toItem(name),
    condition: { absent: true },
  });
  const released = ({ kind, name }: ScimNamePointer): Removal => ({ remove: keys.scimName(kind, name) });
  const findAll = (ids: readonly string[]) => store.findAll(ids.map(keyOf));
  const findNamed = async (key: Key) => {
    const item = await table.get(key);
    return item && store.find(keyOf(scimNameEntity.parse(item).id));
  };

  return {
    find: (id) => store.find(keyOf(id)),
    findAll,
    findByName: (name) => findNamed(keys.scimName(kind, name.toLowerCase())),
    findByEmail: (email) => findNamed(keys.scimName("email", email)),
    async findByExternalId(externalId) {
      const pk = partitions.scimExternalId(kind, externalId);
      const entries = await table.queryIndex("gsi2", { pk, newestFirst: false, limit: mostEqual });
      return findAll(entries.map(({ gsisk }) => gsisk));
    },
    create: (resource) => store.create(resource, namesOf(resource).map(claimed)),
    replace(known, next) {
      const [before, after] = [namesOf(known), namesOf(next)];
      return store.replace(known, next, () => [
        ...without(before, after).map(released),
        ...without(after, before).map(claimed),
      ]);
    },
    remove: (known) => store.remove(known, namesOf(known).map(released)),
    async list(from, count) {
      const entries = await table.queryIndex("gsi1", {
        pk: list,
        newestFirst: false,
        limit: limits.scimResources,
      });
      const ids = entries.slice(from, from + count).map(({ gsisk }) => gsisk);
      return { items: ids.length === 0 ? [] : await findAll(ids), total: entries.length };
    },
  };
}

function without(names: readonly ScimNamePointer[], others: readonly ScimNamePointer[]): ScimNamePointer[] {
  return names.filter(
    ({ kind, name }) => !others.some((other) => other.kind === kind && other.name === name),
  );
}
