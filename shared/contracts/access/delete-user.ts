import { defineContract } from "../contract.ts";
import { userParams, userResource } from "./user.ts";

export const deleteUserContract = defineContract({
  service: "notifications",
  method: "DELETE",
  path: "/api/v1/users/{email}",
  summary: "Forget how a person is reached; it is by e-mail then",
  scope: "write",
  audited: "user",
  params: userParams,
  status: 200,
  response: userResource,
});
