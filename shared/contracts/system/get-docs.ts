import { defineContract } from "../contract.ts";

export const getDocsContract = defineContract({
  service: "system",
  method: "GET",
  path: "/docs",
  summary: "Get the API reference",
  right: null,
  status: 200,
  response: null,
});
