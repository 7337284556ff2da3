import { getRolesContract } from "../../../shared/contracts/access/roles/get-roles.ts";
import { presentRoles } from "../../../shared/contracts/access/roles/role-list.ts";
import { accessConfig } from "../../../shared/runtime/config.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { roles } from "../../../shared/runtime/stores.ts";

export const handler = endpoint(getRolesContract, async () => ({
  body: { ...presentRoles(await roles().find(null)), admin_emails: accessConfig().ADMIN_EMAILS },
}));
