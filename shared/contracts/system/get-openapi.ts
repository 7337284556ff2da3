import { defineContract } from "../contract.ts";

export const getOpenapiContract = defineContract({
  service: "system",
  method: "GET",
  path: "/openapi.json",
  summary: "Get the OpenAPI document",
  right: null,
  status: 200,
  response: null,
});
