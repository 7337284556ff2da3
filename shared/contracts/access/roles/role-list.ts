/** Roles of people in requests and responses. */
import * as z from "zod";
import {
  isSameHolder,
  type Role,
  type RoleAssignment,
  type RoleList,
  roles,
  teamRoles,
} from "../../../domain/access/roles.ts";
import { limits } from "../../../domain/limits.ts";
import { email, text } from "../../fields.ts";

const holder = {
  email: email.optional().meta({ description: "A person." }),
  group: text(1, limits.groupNameLength)
    .optional()
    .meta({ description: "A group of the identity provider, or of SCIM." }),
};

function listInput(allowed: readonly Role[]) {
  return z.strictObject({
    roles: z
      .array(z.strictObject({ role: z.enum(allowed), ...holder }).transform(assignmentOf))
      .max(limits.rolesPerTeam)
      .superRefine(refuseRepeatedHolders),
  });
}

/** A person or a group has one role in a list. */
function refuseRepeatedHolders(assignments: readonly RoleAssignment[], context: z.RefinementCtx) {
  for (const [index, assignment] of assignments.entries()) {
    const isRepeated = assignments.slice(0, index).some((earlier) => isSameHolder(earlier, assignment));
    const path = [index, assignment.email === undefined ? "group" : "email"];
    if (isRepeated) context.addIssue({ code: "custom", path, message: "must have only one role" });
  }
}

function assignmentOf(
  { role, email, group }: { role: Role; email?: string | undefined; group?: string | undefined },
  context: z.RefinementCtx,
): RoleAssignment {
  if (email !== undefined && group === undefined) return { role, email };
  if (group !== undefined && email === undefined) return { role, group };
  const message =
    email === undefined ? "is required, unless group is given" : "must not be combined with group";
  context.addIssue({ code: "custom", path: ["email"], message });
  return z.NEVER;
}

export const roleListInput = listInput(roles);
export const teamRoleListInput = listInput(teamRoles);

/** Schemas without transformations, for the documentation. */
const listDocs = (allowed: readonly string[]) =>
  z.strictObject({
    roles: z.array(z.strictObject({ role: z.enum(allowed), ...holder })).max(limits.rolesPerTeam),
  });
export const roleListDocs = listDocs(roles);
export const teamRoleListDocs = listDocs(teamRoles);

const assignment = z.object({
  role: z.enum(roles),
  email: z.string().optional(),
  group: z.string().optional(),
});

export const roleListResource = z.object({ roles: z.array(assignment) }).meta({ id: "Roles" });

export function presentRoles({ assignments }: RoleList): z.input<typeof roleListResource> {
  return { roles: assignments.map((each) => ({ ...each })) };
}

export const platformRolesResource = roleListResource
  .extend({
    admin_emails: z
      .array(z.string())
      .meta({ description: "People whom the setting ADMIN_EMAILS makes administrators." }),
  })
  .meta({ id: "PlatformRoles" });
