import { defineContract } from "../contract.ts";

export const showHomeContract = defineContract({
  service: "web",
  method: "GET",
  path: "/",
  summary: "The start page",
  scope: null,
  status: 200,
  response: null,
});
