import * as z from "zod";
import { pageQuery, serviceName, severityInput, teamName, text } from "../../../shared/contracts/fields.ts";
import { incidentStatuses } from "../../../shared/domain/incidents/incident.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { page } from "../../../shared/http/site.ts";
import { IncidentsView } from "../../../shared/pages/incidents-view.tsx";
import { incidents } from "../../../shared/runtime/stores.ts";

const query = z.object({
  ...pageQuery,
  status: z.enum(incidentStatuses).optional(),
  severity: severityInput.optional(),
  service: serviceName.optional(),
  team: teamName.optional(),
  text: text(1, limits.serviceLength).optional(),
});

export const incidentsPage = page(
  "incidents",
  { query },
  async ({ query, page, cursor, host, ...viewing }) => {
    const { status, severity, service, team, text } = query;
    const filter = { status, severity, service, team, text };
    const { items, next } = await incidents().list(filter, page);
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
