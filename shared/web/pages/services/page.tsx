import * as z from "zod";
import { pageQuery, serviceName } from "../../../contracts/fields.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import { ServicesView } from "./view.tsx";

/** `service` selects the one to edit. */
const query = z.object({ ...pageQuery, service: serviceName.optional() });

interface UseCases {
  readonly listServices: ServiceStore["list"];
  readonly findService: ServiceStore["find"];
  readonly listSchedules: ScheduleStore["list"];
}

export const servicesPage = page(
  { query },
  async ({ query, page, cursor, ...viewing }, { listServices, findService, listSchedules }: UseCases) => {
    const { service } = query;
    const [{ items, next }, teams, chosen] = await Promise.all([
      listServices(page),
      listSchedules({ limit: 200, after: null }),
      service === undefined ? undefined : findService(service),
    ]);
    return {
      title: "Services",
      content: (
        <ServicesView
          {...viewing}
          services={items}
          teams={teams.items.map(({ team }) => team)}
          chosen={chosen}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);
