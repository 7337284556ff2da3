import * as z from "zod";
import { pageQuery, serviceName, severityInput, teamName, text } from "../../../contracts/fields.ts";
import { incidentStatuses } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import { page } from "../../site/page.ts";
import { IncidentsView } from "./view.tsx";

const query = z.object({
  ...pageQuery,
  status: z.enum(incidentStatuses).optional(),
  severity: severityInput.optional(),
  service: serviceName.optional(),
  team: teamName.optional(),
  text: text(1, limits.serviceLength).optional(),
});

interface UseCases {
  readonly listIncidents: IncidentStore["list"];
}

export const incidentsPage = page(
  { query },
  async ({ query, page, cursor, host, ...viewing }, { listIncidents }: UseCases) => {
    const { status, severity, service, team, text } = query;
    const filter = { status, severity, service, team, text };
    const { items, next } = await listIncidents(filter, page);
    return {
      title: "All incidents",
      everySeconds: 10,
      content: (
        <IncidentsView
          {...viewing}
          host={host}
          filter={filter}
          incidents={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);
