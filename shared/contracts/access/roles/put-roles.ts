import { defineContract } from "../../contract.ts";
import { platformRolesResource, roleListDocs, roleListInput } from "./role-list.ts";

export const putRolesContract = defineContract({
  service: "system",
  method: "PUT",
  path: "/api/v1/roles",
  summary: "Replace platform-wide roles",
  description: "They apply in all teams, within 30 seconds.",
  right: "administer",
  audited: "roles",
  body: roleListInput,
  bodyDocs: roleListDocs,
  readOnly: ["admin_emails"],
  status: 200,
  response: platformRolesResource,
  errors: { 409: "The change would leave no administrator" },
});
