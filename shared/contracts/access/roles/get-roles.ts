import { defineContract } from "../../contract.ts";
import { platformRolesResource } from "./role-list.ts";

export const getRolesContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/roles",
  otherMethods: ["PUT"],
  summary: "List platform-wide roles",
  description: "These roles apply in all teams.",
  right: "read",
  status: 200,
  response: platformRolesResource,
});
