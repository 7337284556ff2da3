import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { line, person, serviceName, severityInput, teamName, text } from "../fields.ts";
import { incidentResource } from "./incident.ts";

export const createIncidentContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents",
  summary: "Create an incident",
  right: "respond",
  team: "resource",
  body: z.strictObject({
    title: line(1, limits.titleLength),
    service: serviceName,
    severity: severityInput,
    team: teamName.nullable().default(null),
    assigned_to: person.nullable().default(null),
    description: text(0, limits.descriptionLength).nullable().default(null),
  }),
  status: 201,
  response: incidentResource,
  idempotent: true,
});
