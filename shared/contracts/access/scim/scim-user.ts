import * as z from "zod";
import { emailOfUser, type ScimUser } from "../../../domain/access/scim/scim-user.ts";
import { limits } from "../../../domain/limits.ts";
import { formatInstant } from "../../../domain/time.ts";
import { text } from "../../fields.ts";

export const userSchemaId = "urn:ietf:params:scim:schemas:core:2.0:User";

/** Empty texts and null mean that an attribute has no value (RFC 7643 2.5). */
export const optionalText = z.preprocess(
  (value) => (value === null || value === "" ? undefined : value),
  text(1, limits.scimTextLength).optional(),
);

const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === null ? undefined : value), schema.optional());

/** Entra sends booleans as texts. */
const flag = z.preprocess(
  (value) => (typeof value === "string" ? { true: true, false: false }[value.toLowerCase()] : value),
  z.boolean("must be true or false"),
);

/**
 * Attributes of a user. Others are ignored: providers send more than they are told to. Without an address, no one could page
 * the person, nor could they sign in.
 */
export const scimUserInput = z
  .object({
    userName: text(1, limits.scimTextLength),
    externalId: optionalText,
    displayName: optionalText,
    name: optional(z.object({ formatted: optionalText, familyName: optionalText, givenName: optionalText })),
    emails: optional(
      z
        .array(z.object({ value: text(1, limits.emailLength), type: optionalText, primary: optional(flag) }))
        .max(limits.scimEmails),
    ),
    active: optional(flag),
  })
  .refine((user) => emailOfUser(user) !== null, {
    path: ["userName"],
    message: "must be an email address, or emails must contain one: it identifies the person",
  });

/** @param root URL of the SCIM service, without a slash at its end */
export function presentScimUser(user: ScimUser, root: string): Record<string, unknown> {
  const { id, userName, externalId, displayName, name, emails, active, groups } = user;
  return {
    schemas: [userSchemaId],
    id,
    externalId,
    userName,
    name,
    displayName,
    emails,
    active,
    groups: groups.map((group) => ({
      value: group.id,
      display: group.name,
      $ref: `${root}/Groups/${group.id}`,
      type: "direct",
    })),
    meta: metaOf("User", "Users", user, root),
  };
}

export function metaOf(
  resourceType: string,
  path: string,
  { id, createdAt, updatedAt }: Pick<ScimUser, "id" | "createdAt" | "updatedAt">,
  root: string,
): Record<string, unknown> {
  return {
    resourceType,
    created: formatInstant(createdAt),
    lastModified: formatInstant(updatedAt),
    location: `${root}/${path}/${id}`,
  };
}
