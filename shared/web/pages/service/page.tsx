import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { readService } from "../../../use-cases/oncall/read-service.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { ServiceView } from "./view.tsx";

interface UseCases {
  readonly readService: Wired<typeof readService>;
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly readUnresolved: ReadUnresolved;
}

/** The service's unresolved incidents among the latest 200: at most 110 read units, 10 within ten seconds. */
const shownIncidents = { examined: 200, shown: 20, consistent: false };

export const servicePage = page(
  { params: z.object({ service: serviceName }) },
  async ({ params: { service }, ...viewing }, { readService, listTeamNames, readUnresolved }: UseCases) => {
    const [details, teams, unresolved] = await Promise.all([
      readService(service, viewing.now),
      listTeamNames(suggestedTeams),
      readUnresolved(viewing.now, {
        ...shownIncidents,
        matches: (incident) => incident.service === service,
      }),
    ]);
    return {
      title: "Service",
      // A refresh would remove the errors from the form.
      ...(!viewing.formErrors && { everySeconds: 30 }),
      content: (
        <ServiceView
          {...viewing}
          service={details}
          incidents={unresolved.worst}
          total={unresolved.latest.length}
          teams={teams.items}
        />
      ),
    };
  },
);
