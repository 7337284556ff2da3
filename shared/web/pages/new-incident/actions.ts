import * as z from "zod";
import { teamName, text } from "../../../contracts/fields.ts";
import { createIncidentContract } from "../../../contracts/incidents/create-incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { createIncident } from "../../../use-cases/incidents/create-incident.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { personInput } from "../../site/forms/person-input.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { title, service, severity } = createIncidentContract.body.shape;
const form = z.object({
  title,
  service,
  severity,
  team: teamName.optional(),
  assignee: personInput.optional(),
  description: text(0, limits.descriptionLength).optional(),
});

interface UseCases {
  readonly createIncident: Wired<typeof createIncident>;
}

export const createIncidentAction = action(
  { right: "respond", team: "resource", form, errorsInPlace: true },
  async (
    { form: { team = null, assignee: assignedTo = null, description = null, ...fields }, now, actor },
    { createIncident }: UseCases,
  ) => {
    const draft = { ...fields, team, description, assignedTo };
    const { id, number, team: owner } = await createIncident(draft, now, actor);
    return {
      to: pageHref("incident", { id }),
      flash: done(`Declared incident #${number} for team ${isolate(owner)}.`),
    };
  },
);
