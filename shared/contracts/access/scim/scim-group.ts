import * as z from "zod";
import type { ScimGroup, ScimGroupAttributes } from "../../../domain/access/scim/scim-group.ts";
import { limits } from "../../../domain/limits.ts";
import { id, text } from "../../fields.ts";
import { metaOf, optionalText } from "./scim-user.ts";

export const groupSchemaId = "urn:ietf:params:scim:schemas:core:2.0:Group";

export const scimGroupInput = z.object({
  displayName: text(1, limits.groupNameLength),
  externalId: optionalText,
  members: z
    .array(z.object({ value: id }))
    .max(limits.scimGroupMembers)
    .nullable()
    .optional(),
});

export function groupAttributesOf({
  members,
  ...rest
}: z.output<typeof scimGroupInput>): ScimGroupAttributes {
  return { ...rest, members: [...new Set((members ?? []).map(({ value }) => value))] };
}

/** Returns the attributes that a client can change, as it sends them. */
export function editableGroup({ displayName, externalId, members }: ScimGroup): Record<string, unknown> {
  return { displayName, externalId, members: members.map((value) => ({ value })) };
}

/** @param root URL of the SCIM service, without a slash at its end */
export function presentScimGroup(group: ScimGroup, root: string): Record<string, unknown> {
  const { id: groupId, displayName, externalId, members } = group;
  return {
    schemas: [groupSchemaId],
    id: groupId,
    externalId,
    displayName,
    members: members.map((value) => ({ value, $ref: `${root}/Users/${value}`, type: "User" })),
    meta: metaOf("Group", "Groups", group, root),
  };
}
