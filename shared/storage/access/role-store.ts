import * as z from "zod";
import { idOfRolesInAllTeams, type RoleAssignment, type RoleList, roles } from "../../domain/access/roles.ts";
import type { RoleStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Table } from "../table.ts";
import { guardedBy } from "./administrator-guard-store.ts";

const role = z.enum(roles);

const assignmentSchema = z.union([
  z.object({ role, email: z.string() }),
  z.object({ role, group: z.string() }),
]) satisfies z.ZodType<RoleAssignment>;

export const roleListEntity = entity<RoleList>({
  name: "roles",
  schema: z.object({
    team: z.string().nullable(),
    assignments: z.array(assignmentSchema),
    version: z.number(),
  }),
  key: ({ team }) => keys.roles(team),
});

export const auditedRoles = audited(
  roleListEntity,
  "roles",
  ({ team }) => team ?? idOfRolesInAllTeams,
  ({ team, assignments }) => ({ team, roles: assignments }),
);

/** More teams with roles than an organization has. */
const mostTeams = 10_000;

export function roleStore(table: Table): RoleStore {
  const lists = entityStore(table, roleListEntity, {
    label: ({ team }) => (team === null ? "The list of roles" : `The list of roles in ${team}`),
    startsMissing: true,
  });
  return {
    async loadAll() {
      const range = { pk: partitions.roles, newestFirst: false, limit: mostTeams };
      return (await table.query(range, { stale: true })).map((item) => roleListEntity.parse(item));
    },
    find: async (team) => (await lists.find(keys.roles(team))) ?? { team, assignments: [], version: 0 },
    replace: (known, next, guard) => lists.replace(known, next, () => guardedBy(guard)),
  };
}
