import { defineContract } from "../contract.ts";
import { linkErrors, linkParams } from "./link.ts";

export const followLinkContract = defineContract({
  service: "web",
  method: "POST",
  path: "/links/{token}",
  summary: "Do what a link in a message is for; repeating it changes nothing",
  scope: null,
  params: linkParams,
  status: 200,
  response: null,
  page: true,
  errors: {
    ...linkErrors,
    405: "It is a link to look at",
    409: "The incident is resolved and can't be acknowledged any more",
  },
});
