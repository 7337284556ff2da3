import { type Comparison, isEqual } from "../../../domain/access/scim/filter.ts";
import type { ScimGroup } from "../../../domain/access/scim/scim-group.ts";
import { emailOfUser, type ScimUser } from "../../../domain/access/scim/scim-user.ts";
import { Invalid } from "../../../domain/errors.ts";
import type { ScimPage, ScimStore } from "../../ports/scim.ts";

/** Names that a resource is found by: `userName` of users, `displayName` of groups. */
type NameAttribute = "username" | "displayname";

/**
 * Finds the resources that all comparisons of a filter match. One of them must be an ID, a name, an external ID or a
 * person's address.
 *
 * @throws Invalid
 */
export async function searchResources<T extends ScimUser | ScimGroup>(
  store: ScimStore<T>,
  name: NameAttribute,
  filter: readonly Comparison[],
): Promise<ScimPage<T>> {
  const wanted = (attribute: string) => {
    const value = filter.find((each) => each.attribute === attribute)?.value;
    return typeof value === "string" ? value : undefined;
  };
  const [id, named, externalId] = [wanted("id"), wanted(name), wanted("externalid")];
  const email = wanted("emails.value") ?? wanted("emails");
  const candidates =
    id !== undefined
      ? [await store.find(id)]
      : named !== undefined
        ? [await store.findByName(named)]
        : externalId !== undefined
          ? await store.findByExternalId(externalId)
          : email !== undefined
            ? [await store.findByEmail(email.toLowerCase())]
            : undefined;
  if (!candidates)
    throw new Invalid([
      {
        path: "filter",
        message: `must compare id, externalId or ${name === "username" ? "userName, or emails.value" : "displayName"}`,
      },
    ]);
  const items = candidates.filter(
    (resource): resource is T =>
      resource !== undefined &&
      filter.every(({ attribute, value }) =>
        valuesOf(resource, attribute).some((each) => isEqual(each, value)),
      ),
  );
  return { items, total: items.length };
}

/** Returns the values of an attribute. A user name that is the person's address is one of their emails. */
function valuesOf(resource: ScimUser | ScimGroup, attribute: string): readonly unknown[] {
  const values = valuesAt(resource, attribute.split("."));
  const isAddress = attribute === "emails.value" || attribute === "emails";
  return isAddress && "userName" in resource ? [...values, emailOfUser(resource)] : values;
}

/** Returns the values of an attribute, of which a list has several. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== "object" || value === null) return first === "value" ? [value] : [];
  const field = Object.entries(value).find(([name]) => name.toLowerCase() === first);
  return field ? valuesAt(field[1], rest) : [];
}
