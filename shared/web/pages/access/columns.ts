import type { RoleAssignment } from "../../../domain/access/roles.ts";
import type { Column } from "../../components/data-table.tsx";

/** Roles as a file. */
export const roleColumns: readonly Column<RoleAssignment>[] = [
  { heading: "Role", value: ({ role }) => role },
  { heading: "Email", value: ({ email }) => email ?? null },
  { heading: "Group", value: ({ group }) => group ?? null },
];
