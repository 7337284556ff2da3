import * as z from "zod";
import { incidentParams } from "../../../shared/contracts/incidents/params.ts";
import { personInput } from "../../../shared/contracts/web/person-input.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { changeDeps } from "../../../shared/runtime/deps.ts";
import { changeIncident } from "../../../shared/use-cases/incidents/change-incident.ts";

const form = z.object({ person: personInput.optional() });

export const assignIncidentAction = action(
  "assign-incident",
  { params: incidentParams, form },
  async ({ params, form: { person: to = null }, actor, now, back }) => {
    const commands = [{ type: "assign", to, actor } as const];
    await changeIncident(changeDeps(), params.id, { commands, note: null, actor }, now);
    const text = to === null ? "Nobody is assigned any more." : `Assigned to ${apart(to.name)}.`;
    return { to: back, flash: { kind: "done", text } };
  },
);
