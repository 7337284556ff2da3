import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import { serviceInput } from "../../../contracts/oncall/services/service.ts";
import type { saveService } from "../../../use-cases/oncall/services/save-service.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { type FindTeam, savedForTeam } from "./saved-for-team.ts";

const { team, runbook_url } = serviceInput.shape;
const form = z.object({ service: serviceName, team, runbook_url: runbook_url.optional() });

interface UseCases {
  readonly saveService: Wired<typeof saveService>;
  readonly loadSchedule: FindTeam;
}

/** Creates a service with the settings that most have. Its page leads to the others. */
export const saveServiceAction = action(
  { right: "manage", team: "resource", form, errorsInPlace: true },
  async ({ form: { service, team, runbook_url }, now }, { saveService, loadSchedule }: UseCases) => {
    await saveService(service, { team, ...(runbook_url && { runbookUrl: runbook_url }) }, "", now);
    const text = `Saved ${isolate(service)}. It belongs to ${isolate(team)}.`;
    return {
      to: pageHref("service", { service }),
      flash: await savedForTeam(loadSchedule, { text, team, now }),
    };
  },
);
