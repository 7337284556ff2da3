import { defineContract } from "../contract.ts";

export const showHomeContract = defineContract({
  method: "GET",
  path: "/",
  summary: "The start page",
  scope: null,
  status: 200,
  response: null,
});
