import * as z from "zod";
import { serviceName } from "../../../contracts/fields.ts";
import type { Integration } from "../../../domain/integrations/integration.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { readService } from "../../../use-cases/oncall/services/read-service.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { page } from "../../site/page.ts";
import type { Cached, Wired } from "../../site/use-case.ts";
import { ServiceView } from "./view.tsx";

interface UseCases {
  readonly readService: Wired<typeof readService>;
  /** The latest integrations: up to 200, a unit per 8 KB. */
  readonly recentIntegrations: Cached<Page<Integration>>;
  readonly readUnresolved: ReadUnresolved;
}

/** The service's unresolved incidents among the latest 200: at most 110 read units, 10 within ten seconds. */
const shownIncidents = { examined: 200, shown: 20, consistent: false };

export const servicePage = page(
  { params: z.object({ service: serviceName }) },
  async (
    { params: { service }, ...viewing },
    { readService, recentIntegrations, readUnresolved }: UseCases,
  ) => {
    const [details, integrations, unresolved] = await Promise.all([
      readService(service, viewing.now),
      recentIntegrations(viewing.now),
      readUnresolved(viewing.now, {
        ...shownIncidents,
        matches: (incident) => incident.service === service,
      }),
    ]);
    return {
      title: service,
      everySeconds: 30,
      content: (
        <ServiceView
          {...viewing}
          service={details}
          incidents={unresolved.top}
          total={unresolved.latest.length}
          integrations={integrations.value.items.filter((each) => each.service === service)}
          moreIntegrations={integrations.value.next !== null}
        />
      ),
    };
  },
);
