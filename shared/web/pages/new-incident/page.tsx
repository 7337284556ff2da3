import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import { NewIncidentView } from "./view.tsx";

interface UseCases {
  readonly listServices: ServiceStore["list"];
  readonly listSchedules: ScheduleStore["list"];
}

/** Enough suggestions for a field with search. */
const suggested = { limit: 200, after: null };

export const newIncidentPage = page(
  { scope: "write", query: z.object({ service: serviceName.optional() }) },
  async ({ query: { service = "" }, ...viewing }, { listServices, listSchedules }: UseCases) => {
    const [services, schedules] = await Promise.all([listServices(suggested), listSchedules(suggested)]);
    return {
      title: "Declare an incident",
      content: (
        <NewIncidentView
          {...viewing}
          service={service}
          services={services.items.map(({ name }) => name)}
          teams={schedules.items.map(({ team }) => team)}
        />
      ),
    };
  },
);
