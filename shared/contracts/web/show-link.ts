import * as z from "zod";
import { defineContract } from "../contract.ts";
import { linkErrors, linkParams, redirectedActions } from "./link.ts";

export const showLinkContract = defineContract({
  service: "web",
  method: "GET",
  path: "/links/{token}",
  otherMethods: ["POST"],
  summary: "Show the incident of a link in a message",
  description:
    "Changes nothing. The page has buttons for the actions on this incident, and no links to other pages.",
  right: null,
  params: linkParams,
  query: z.object({
    done: z.enum(redirectedActions).optional().meta({ description: "Action whose result the page shows." }),
  }),
  status: 200,
  response: null,
  page: true,
  errors: linkErrors,
});
