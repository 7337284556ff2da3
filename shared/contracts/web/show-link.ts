import { defineContract } from "../contract.ts";
import { linkErrors, linkParams } from "./link.ts";

export const showLinkContract = defineContract({
  service: "web",
  method: "GET",
  path: "/links/{token}",
  summary: "What a link in a message leads to; looking changes nothing",
  scope: null,
  params: linkParams,
  status: 200,
  response: null,
  page: true,
  errors: linkErrors,
});
