import * as z from "zod";
import { serviceName, teamName } from "../../../contracts/fields.ts";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import { Conflict } from "../../../domain/errors.ts";
import { unownedServiceWarning } from "../../../domain/oncall/unknown-team.ts";
import type { updateIncident } from "../../../use-cases/incidents/lifecycle/update-incident.ts";
import type { isOwned } from "../../../use-cases/oncall/services/resolve-ownership.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly isOwned: Wired<typeof isOwned>;
  readonly updateIncident: Wired<typeof updateIncident>;
}

export const moveIncidentAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({ service: serviceName, team: teamName.optional() }),
    errorsInPlace: true,
  },
  async ({ params, form: { service, team }, actor, now, back }, { updateIncident, isOwned }: UseCases) => {
    const update = { commands: [], service, team, note: null, actor };
    try {
      const moved = await updateIncident(params.id, update, now);
      const names = [isolate(moved.service), isolate(moved.team)] as const;
      const text = `#${moved.number} belongs to ${names[0]}, team ${names[1]}.`;
      const isAstray = team === undefined && !(await isOwned(service, now));
      return {
        to: pageHref("incident", { id: moved.number }),
        flash: isAstray ? trouble(`${text} ${unownedServiceWarning(...names)}`) : done(text),
      };
    } catch (error) {
      // Another incident has its key at the new service.
      if (!(error instanceof Conflict)) throw error;
      return { to: back, flash: trouble(`Not moved: ${error.message}.`) };
    }
  },
);
