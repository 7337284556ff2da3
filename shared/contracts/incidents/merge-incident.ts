import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { incidentIdOrNumber, text } from "../fields.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const mergeIncidentContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/merge",
  summary: "Merge an incident into another",
  description:
    "Resolves the incident. Its alerts, including later ones with its keys, belong to the other. Idempotent.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: z.strictObject({
    into: incidentIdOrNumber.meta({
      description: "ID or number of the incident that takes over its alerts.",
    }),
    actor: text(1, limits.personNameLength).nullable().default(null),
    note: text(1, limits.noteLength).nullable().default(null),
  }),
  status: 200,
  response: incidentResource,
  errors: {
    409: "It is the same incident, one of them was merged into another, or the other is resolved",
  },
  idempotent: true,
});
