import * as z from "zod";
import { defineContract } from "../contract.ts";
import { timelineEntryResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const getTimelineContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/{id}/timeline",
  summary: "List the timeline of an incident",
  description: "Oldest first.",
  right: "read",
  params: incidentParams,
  status: 200,
  response: z.object({ timeline: z.array(timelineEntryResource) }),
});
