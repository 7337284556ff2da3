import { defineContract } from "../contract.ts";
import { userInput, userParams, userResource } from "./user.ts";

export const putUserContract = defineContract({
  service: "notifications",
  method: "PUT",
  path: "/api/v1/users/{email}",
  summary: "Create or replace a user",
  description: "Sets a person's contact methods and notification rules.",
  right: "profile",
  audited: "user",
  params: userParams,
  body: userInput,
  readOnly: ["email", "updated_at"],
  status: 200,
  response: userResource,
});
