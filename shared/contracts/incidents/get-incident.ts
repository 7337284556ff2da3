import * as z from "zod";
import { alertResource } from "../alerts/alert.ts";
import { defineContract } from "../contract.ts";
import { incidentResource, noteResource, timelineEntryResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const getIncidentContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}",
  summary: "An incident with its latest alerts, its notes and its timeline",
  scope: "read",
  params: incidentParams,
  status: 200,
  response: incidentResource.extend({
    alerts: z.array(alertResource),
    notes: z.array(noteResource),
    timeline: z.array(timelineEntryResource),
  }),
});
