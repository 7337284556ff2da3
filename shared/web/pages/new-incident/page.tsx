import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import type { RecentPeople } from "../../site/use-case.ts";
import { NewIncidentView } from "./view.tsx";

interface UseCases {
  readonly listServices: ServiceStore["list"];
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly recentPeople: RecentPeople;
}

/** Enough suggestions for a field with search. */
const suggested = { limit: 200, after: null };

export const newIncidentPage = page(
  { right: "respond", query: z.object({ service: serviceName.optional() }) },
  async (
    { query: { service = "" }, ...viewing },
    { listServices, listTeamNames, recentPeople }: UseCases,
  ) => {
    const [services, teams, people] = await Promise.all([
      listServices(suggested),
      listTeamNames(suggested),
      recentPeople(viewing.now),
    ]);
    return {
      title: "Declare an incident",
      content: (
        <NewIncidentView
          {...viewing}
          service={service}
          services={services.items.map(({ name }) => name)}
          people={people.value}
          teams={teams.items}
        />
      ),
    };
  },
);
