import * as z from "zod";
import { pageQuery, serviceName, severityInput, teamName, text } from "../../../contracts/fields.ts";
import { incidentStatuses } from "../../../domain/incidents/incident.ts";
import { urgencies } from "../../../domain/incidents/urgency-level.ts";
import { limits } from "../../../domain/limits.ts";
import { groupings, sortings } from "./order.ts";

/** Query of the list. Without a status, it shows unresolved incidents. */
export const incidentsQuery = z.object({
  ...pageQuery,
  status: z.enum([...incidentStatuses, "all"]).optional(),
  severity: severityInput.optional(),
  urgency: z.enum(urgencies).optional(),
  service: serviceName.optional(),
  team: teamName.optional(),
  text: text(1, limits.serviceLength).optional(),
  assigned: z.literal("me").optional(),
  group: z.enum(groupings).optional(),
  sort: z.enum(sortings).optional(),
});

/** Filter, groups and order of the list, as in its address. */
export type IncidentsChoice = Partial<Omit<z.output<typeof incidentsQuery>, keyof typeof pageQuery>>;
