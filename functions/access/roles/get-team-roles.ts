import { getTeamRolesContract } from "../../../shared/contracts/access/roles/get-team-roles.ts";
import { presentRoles } from "../../../shared/contracts/access/roles/role-list.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { roles } from "../../../shared/runtime/stores.ts";

export const handler = endpoint(getTeamRolesContract, async ({ params: { team } }) => ({
  body: presentRoles(await roles().find(team)),
}));
