import * as z from "zod";
import { type IncidentCommand, incidentStatuses } from "../../domain/incidents/incident.ts";
import { urgencies } from "../../domain/incidents/urgency-level.ts";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { line, person, serviceName, severityInput, teamName, text } from "../fields.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams, otherIncidentPaths } from "./params.ts";

const body = z
  .strictObject({
    status: z.enum(incidentStatuses).optional(),
    severity: severityInput.optional(),
    title: line(1, limits.titleLength).optional(),
    description: text(0, limits.descriptionLength).nullable().optional(),
    service: serviceName.optional().meta({
      description:
        "Without a team, the incident moves to the team that owns the service. Its timeouts, links and urgency apply from now on.",
    }),
    team: teamName.optional().meta({
      description:
        "Another team takes an unresolved incident over. It is open, and pages from the first rule, unless the same request acknowledges or resolves it. A move of a resolved incident pages no one.",
    }),
    urgency: z.enum(urgencies).optional(),
    assigned_to: person.nullable().optional(),
    note: text(1, limits.noteLength).optional(),
    actor: text(1, limits.personNameLength).nullable().default(null),
  })
  .refine(
    ({ actor: _, ...changes }) => Object.values(changes).some((change) => change !== undefined),
    "must have at least one of status, severity, title, description, service, team, urgency, assigned_to, note",
  );

/** Converts a patch to commands. A status change comes last, so that its event reports the other changes too. */
export function commandsOf(patch: z.output<typeof body>, actor: string | null): IncidentCommand[] {
  const { severity, title, description, assigned_to, status } = patch;
  const commands: IncidentCommand[] = [];
  if (severity !== undefined) commands.push({ type: "change_severity", to: severity, actor });
  if (title !== undefined) commands.push({ type: "rename", to: title, actor });
  if (description !== undefined) commands.push({ type: "describe", to: description, actor });
  if (assigned_to !== undefined) commands.push({ type: "assign", to: assigned_to, actor });
  if (status !== undefined) commands.push({ type: "move", to: status, actor });
  return commands;
}

export const updateIncidentContract = defineContract({
  service: "incidents",
  method: "PATCH",
  path: "/api/v1/incidents/{id}",
  summary: "Update an incident",
  description:
    "Changes its properties, or moves it to another service or team. The note is added even if nothing changes.",
  right: "respond",
  team: "resource",
  otherPaths: otherIncidentPaths,
  params: incidentParams,
  body,
  status: 200,
  response: incidentResource.extend({
    warnings: z.array(z.string()).meta({ description: "Probably unintended consequences of a move." }),
  }),
  errors: {
    409: "The incident's status does not allow the change, it was merged into another, or another unresolved incident has its key",
  },
});
