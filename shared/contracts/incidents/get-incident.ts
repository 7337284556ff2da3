import * as z from "zod";
import { alertResource } from "../alerts/alert.ts";
import { defineContract } from "../contract.ts";
import { changeResource } from "./change.ts";
import { incidentResource, noteResource, timelineEntryResource } from "./incident.ts";
import { incidentParams, otherIncidentPaths } from "./params.ts";

export const getIncidentContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}",
  otherMethods: ["PATCH"],
  summary: "Get an incident",
  description: "Includes its latest alerts, its notes, its timeline and recent changes to its service.",
  right: "read",
  otherPaths: otherIncidentPaths,
  params: incidentParams,
  status: 200,
  response: incidentResource.extend({
    alerts: z.array(alertResource),
    notes: z.array(noteResource),
    timeline: z.array(timelineEntryResource),
    changes: z.array(changeResource).meta({
      description:
        "Changes to its service during the incident and in the day before, newest first, at most 20.",
    }),
  }),
});
