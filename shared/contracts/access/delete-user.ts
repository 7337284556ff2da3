import { defineContract } from "../contract.ts";
import { userParams, userResource } from "./user.ts";

export const deleteUserContract = defineContract({
  service: "notifications",
  method: "DELETE",
  path: "/api/v1/users/{email}",
  summary: "Delete a user",
  description:
    "Deletes contact methods and notification rules. If still on call, the person is paged by email.",
  right: "profile",
  audited: "user",
  params: userParams,
  status: 200,
  response: userResource,
});
