import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { email, teamName, text } from "../fields.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const requestRespondersContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/responders",
  summary: "Request responders",
  description:
    "Pages people immediately by their own notification rules, even if the incident is acknowledged. For a team, the first rule of its policy decides who is paged. The incident lists their answers: a person answers by acknowledging it.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: z
    .strictObject({
      emails: z.array(email).max(limits.respondersPerRequest).default([]),
      teams: z.array(teamName).max(limits.respondersPerRequest).default([]),
      message: text(1, limits.responderMessageLength).nullable().default(null),
      actor: text(1, limits.personNameLength).nullable().default(null),
    })
    .refine(({ emails, teams }) => emails.length + teams.length > 0, "must name at least one person or team"),
  status: 200,
  response: incidentResource,
  errors: { 409: "The incident is resolved, or has too many responders" },
  idempotent: true,
});
