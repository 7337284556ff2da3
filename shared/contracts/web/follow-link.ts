import * as z from "zod";
import { defineContract } from "../contract.ts";
import { linkErrors, linkForm, linkParams } from "./link.ts";

export const followLinkContract = defineContract({
  service: "web",
  method: "POST",
  path: "/links/{token}",
  summary: "Execute an action on the incident of a link in a message",
  description:
    "Acknowledges, resolves or escalates the incident, or adds a note. Without a body, executes the action of the link. Repeated acknowledgements and resolutions change nothing.",
  right: null,
  params: linkParams,
  body: z.string(),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: linkForm,
  status: 200,
  response: null,
  page: true,
  errors: {
    ...linkErrors,
    409: "The incident is resolved and can no longer be acknowledged, or no one can be paged",
    422: "The body is invalid, or there is none and the link only opens the incident",
  },
});
