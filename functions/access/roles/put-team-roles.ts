import { putTeamRolesContract } from "../../../shared/contracts/access/roles/put-team-roles.ts";
import { presentRoles } from "../../../shared/contracts/access/roles/role-list.ts";
import { administratorDeps } from "../../../shared/runtime/access/administrators.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { putRoles } from "../../../shared/use-cases/access/put-roles.ts";

export const handler = endpoint(putTeamRolesContract, async ({ params: { team }, body, now }) => ({
  body: presentRoles(await putRoles(administratorDeps(), team, body.roles, now)),
}));
