import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import { integrationTypeNames, integrationTypes } from "../../../integrations/registry.ts";
import type { listIntegrations } from "../../../use-cases/integrations/list-integrations.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { integrationColumns } from "./columns.ts";
import { IntegrationsView } from "./view.tsx";

const types = integrationTypeNames.map((name) => ({ name, title: integrationTypes[name].title }));

interface UseCases {
  readonly listIntegrations: Wired<typeof listIntegrations>;
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly findService: ServiceStore["find"];
}

/** Reads a page of integrations with their activity, half a unit per service, and the teams that the form suggests. */
export const integrationsPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listIntegrations, listTeamNames, findService }: UseCases) => {
    const [{ items, next }, teams] = await Promise.all([
      listIntegrations(page),
      viewing.viewer.may("manage") ? listTeamNames(suggestedTeams) : { items: [] },
    ]);
    const names = new Set(items.map(({ integration }) => integration.service));
    const services = await Promise.all([...names].map(findService));
    const teamOf = new Map(services.map((service) => [service?.name, service?.team]));
    return {
      title: "Integrations",
      isEmpty: items.length === 0,
      content: (
        <IntegrationsView
          {...viewing}
          integrations={items.map((known) => ({
            ...known,
            team: teamOf.get(known.integration.service) ?? null,
          }))}
          types={types}
          teams={teams.items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    integrations: async ({ page }, { listIntegrations }) =>
      downloadOf(integrationColumns, await firstRows(listIntegrations, page)),
  },
);
