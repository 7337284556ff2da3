import { defineContract } from "../contract.ts";
import { linkErrors, linkParams } from "./link.ts";

export const followLinkContract = defineContract({
  service: "web",
  method: "POST",
  path: "/links/{token}",
  summary: "Execute the action of a link in a message",
  description: "Idempotent.",
  scope: null,
  params: linkParams,
  status: 200,
  response: null,
  page: true,
  errors: {
    ...linkErrors,
    405: "The link only opens a page",
    409: "The incident is resolved and can no longer be acknowledged",
  },
});
