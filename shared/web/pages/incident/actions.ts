import * as z from "zod";
import { line, severityInput, teamName, text } from "../../../contracts/fields.ts";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import { eventLabel } from "../../../domain/incidents/event-labels.ts";
import { urgencies } from "../../../domain/incidents/urgency-level.ts";
import { limits } from "../../../domain/limits.ts";
import type { addNote } from "../../../use-cases/incidents/add-note.ts";
import type { changeIncident } from "../../../use-cases/incidents/change-incident.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { updateIncident } from "../../../use-cases/incidents/lifecycle/update-incident.ts";
import type { escalateManually } from "../../../use-cases/oncall/escalate.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { personInput } from "../../site/forms/person-input.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly escalateManually: Wired<typeof escalateManually>;
  readonly changeIncident: Wired<typeof changeIncident>;
  readonly addNote: Wired<typeof addNote>;
  readonly updateIncident: Wired<typeof updateIncident>;
  readonly findIncident: Wired<typeof findIncident>;
}

export const escalateIncidentAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({ team: teamName, reason: text(1, limits.noteLength).optional() }),
    errorsInPlace: true,
  },
  async (
    { params: { id: incidentId }, form: { team, reason = null }, actor, now, back },
    { escalateManually }: UseCases,
  ) => {
    try {
      const { event } = await escalateManually({ team, incidentId, reason, actor }, now);
      return { to: back, flash: done(`${eventLabel({ ...event, type: "paging" }, isolate)}.`) };
    } catch (error) {
      // No one can be reached, the team is unknown, or the incident is resolved. The page shows the reason.
      if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
      return { to: back, flash: trouble(`Not escalated: ${error.message}.`) };
    }
  },
);

/** An assignee is removed only by the button for it. */
const assignment = z
  .object({ person: personInput.optional(), unassign: z.literal("yes").optional() })
  .refine(({ person, unassign }) => person !== undefined || unassign !== undefined, {
    path: ["person"],
    message: "is required",
  })
  .refine(({ person, unassign }) => person === undefined || unassign === undefined, {
    path: ["person"],
    message: "must be empty to unassign the incident",
  });

export const assignIncidentAction = action(
  { right: "respond", team: "resource", params: incidentParams, form: assignment, errorsInPlace: true },
  async ({ params, form: { person: to = null }, actor, now, back }, { changeIncident }: UseCases) => {
    const commands = [{ type: "assign", to, actor } as const];
    await changeIncident(params.id, { commands, note: null, actor }, now);
    return {
      to: back,
      flash: done(
        to === null ? "Unassigned the incident." : `${eventLabel({ type: "assigned", to }, isolate)}.`,
      ),
    };
  },
);

export const addNoteAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({ content: text(1, limits.noteLength) }),
    errorsInPlace: true,
  },
  async ({ params, form: { content }, actor, now, back }, { addNote }: UseCases) => {
    await addNote(params.id, { author: actor, content }, now);
    return { to: back, flash: done("Added the note.") };
  },
);

export const editIncidentAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({
      title: line(1, limits.titleLength),
      severity: severityInput,
      urgency: z.enum(urgencies),
      description: text(1, limits.descriptionLength).optional(),
    }),
    errorsInPlace: true,
  },
  async (
    { params, form: { title, severity, urgency, description = null }, actor, now, back },
    { updateIncident, findIncident }: UseCases,
  ) => {
    const before = await findIncident(params.id);
    const commands = [
      { type: "change_severity", to: severity, actor },
      { type: "rename", to: title, actor },
      { type: "describe", to: description, actor },
    ] as const;
    // Choosing the same urgency is no decision, which would end its changes by severity and hours.
    const chosen = urgency === (before.urgency ?? "high") ? undefined : urgency;
    const update = { commands, urgency: chosen, note: null, actor };
    const { number } = await updateIncident(params.id, update, now);
    return { to: back, flash: done(`Saved incident #${number}.`) };
  },
);
