import { putRolesContract } from "../../../shared/contracts/access/roles/put-roles.ts";
import { presentRoles } from "../../../shared/contracts/access/roles/role-list.ts";
import { administratorDeps } from "../../../shared/runtime/access/administrators.ts";
import { accessConfig } from "../../../shared/runtime/config.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { putRoles } from "../../../shared/use-cases/access/put-roles.ts";

export const handler = endpoint(putRolesContract, async ({ body, now }) => {
  const saved = await putRoles(administratorDeps(), null, body.roles, now);
  return { body: { ...presentRoles(saved), admin_emails: accessConfig().ADMIN_EMAILS } };
});
