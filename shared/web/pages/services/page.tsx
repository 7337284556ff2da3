import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { serviceColumns } from "./columns.ts";
import { listedServices } from "./listed-services.ts";
import { suggestedTeams } from "./suggested-teams.ts";
import { ServicesView } from "./view.tsx";

interface UseCases {
  readonly listServices: ServiceStore["list"];
  readonly findService: ServiceStore["find"];
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly readUnresolved: ReadUnresolved;
}

/** Counts unresolved incidents: at most 100 read units, none within ten seconds of another visit. */
const countedIncidents = { examined: 200, shown: 0, consistent: false };
/** Services with unresolved incidents that the first page shows in addition, half a read unit each. */
const alsoListed = 20;

export const servicesPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, useCases: UseCases) => {
    const [{ items, next }, teams, unresolved] = await Promise.all([
      useCases.listServices(page),
      useCases.listTeamNames(suggestedTeams),
      useCases.readUnresolved(viewing.now, countedIncidents),
    ]);
    const first = page.after === null;
    const isListed = new Set(items.map(({ name }) => name));
    const others = new Set(
      unresolved.latest.flatMap(({ service }) => (isListed.has(service) ? [] : service)),
    );
    const also = first ? [...others].slice(0, alsoListed) : [];
    const found = await Promise.all(also.map((name) => useCases.findService(name)));
    const services = [...items, ...found.filter((service) => service !== undefined)];
    const shown = new Set([...isListed, ...also]);
    return {
      title: "Services",
      isEmpty: services.length === 0,
      content: (
        <ServicesView
          {...viewing}
          services={listedServices(
            services,
            unresolved.latest.filter(({ service }) => shown.has(service)),
          )}
          moreIncidents={unresolved.olderExist}
          teams={teams.items}
          first={first}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    services: async ({ page, now }, { listServices, readUnresolved }) => {
      const [{ items, isComplete }, { latest }] = await Promise.all([
        firstRows(listServices, page),
        readUnresolved(now, countedIncidents),
      ]);
      const isListed = new Set(items.map(({ name }) => name));
      const incidents = latest.filter(({ service }) => isComplete || isListed.has(service));
      return downloadOf(serviceColumns, { items: listedServices(items, incidents), isComplete });
    },
  },
);
