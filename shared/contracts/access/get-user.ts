import { defineContract } from "../contract.ts";
import { userParams, userResource } from "./user.ts";

export const getUserContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/users/{email}",
  otherMethods: ["PUT", "DELETE"],
  summary: "Get a user",
  description: "Contact methods and notification rules of a person.",
  right: "read",
  params: userParams,
  status: 200,
  response: userResource,
});
