import { defineContract } from "../contract.ts";
import { linkErrors, linkParams } from "./link.ts";

export const showLinkContract = defineContract({
  service: "web",
  method: "GET",
  path: "/links/{token}",
  otherMethods: ["POST"],
  summary: "Show the action of a link in a message",
  description: "Changes nothing. The page has a button for the action.",
  scope: null,
  params: linkParams,
  status: 200,
  response: null,
  page: true,
  errors: linkErrors,
});
