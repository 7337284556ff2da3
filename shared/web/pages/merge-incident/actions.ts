import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import { Conflict } from "../../../domain/errors.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { mergeIncident } from "../../../use-cases/incidents/lifecycle/merge-incident.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly mergeIncident: Wired<typeof mergeIncident>;
  readonly findIncident: Wired<typeof findIncident>;
}

export const mergeIncidentAction = action(
  { right: "respond", team: "resource", params: incidentParams, form: z.object({ into: id }) },
  async ({ params, form: { into }, actor, now, back }, { mergeIncident, findIncident }: UseCases) => {
    try {
      const { number } = await mergeIncident(params.id, { into, note: null, actor }, now);
      const target = await findIncident(into);
      return {
        to: pageHref("incident", { id: target.number }),
        flash: done(`Merged #${number} into #${target.number}.`),
      };
    } catch (error) {
      // One of them has been resolved or merged since.
      if (!(error instanceof Conflict)) throw error;
      return { to: back, flash: trouble(`Not merged: ${error.message}.`) };
    }
  },
);
