import { listAlertsContract } from "../../../contracts/alerts/list-alerts.ts";
import { text } from "../../../contracts/fields.ts";
import { timeOfId } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import { page } from "../../site/page.ts";
import { AlertsView } from "./view.tsx";

const query = listAlertsContract.query.extend({ text: text(1, limits.serviceLength).optional() });

interface UseCases {
  readonly listAlerts: AlertStore["list"];
}

export const alertsPage = page(
  { query },
  async ({ query, page, cursor, host, ...viewing }, { listAlerts }: UseCases) => {
    const { text, outcome, severity, service, incident_id: incidentId } = query;
    const filter = { text, outcome, severity, service, incidentId };
    const { items, next } = await listAlerts(filter, page);
    const searches = Object.values(filter).some((value) => value !== undefined);
    return {
      title: "Alerts",
      // Older pages don't change. A search can read a thousand alerts.
      ...(page.after === null && { everySeconds: searches ? 30 : 10 }),
      content: (
        <AlertsView
          {...viewing}
          host={host}
          filter={filter}
          alerts={items}
          first={page.after === null}
          next={cursor(next)}
          searchedTo={next !== null && items.length < page.limit ? timeOfId(next) : null}
        />
      ),
    };
  },
);
