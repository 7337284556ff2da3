import * as z from "zod";
import { id } from "../fields.ts";

export const incidentParams = z.object({
  id: id.meta({ description: "ID or number of the incident." }),
});

/** For the contracts of an incident, whose path matches this one too. */
export const otherIncidentPaths = { "/api/v1/incidents/stats": ["GET", "HEAD"] } as const;
