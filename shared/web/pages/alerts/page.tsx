import type * as z from "zod";
import { listAlertsContract } from "../../../contracts/alerts/list-alerts.ts";
import { text } from "../../../contracts/fields.ts";
import { timeOfId } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import { isFiltered } from "../../components/is-filtered.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { alertColumns } from "./columns.ts";
import { AlertsView } from "./view.tsx";

const query = listAlertsContract.query.extend({ text: text(1, limits.serviceLength).optional() });

interface UseCases {
  readonly listAlerts: AlertStore["list"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

function filterOf({ text, outcome, severity, service, incident_id: incidentId }: z.output<typeof query>) {
  return { text, outcome, severity, service, incidentId };
}

export const alertsPage = page(
  { query },
  async ({ query, page, cursor, host, ...viewing }, { listAlerts, recentAlertingCounts }: UseCases) => {
    const filter = filterOf(query);
    const [{ items, next }, { value: counts }] = await Promise.all([
      listAlerts(filter, page),
      recentAlertingCounts(viewing.now),
    ]);
    const searches = isFiltered(filter);
    return {
      title: "Alerts",
      isEmpty: items.length === 0,
      // Older pages don't change. A search can read a thousand alerts.
      ...(page.after === null && { everySeconds: searches ? 30 : 10 }),
      content: (
        <AlertsView
          {...viewing}
          host={host}
          counts={counts}
          filter={filter}
          alerts={items}
          first={page.after === null}
          next={cursor(next)}
          searchedTo={next !== null && items.length < page.limit ? timeOfId(next) : null}
        />
      ),
    };
  },
  {
    alerts: async ({ query, page }, { listAlerts }) =>
      downloadOf(alertColumns, await firstRows((page) => listAlerts(filterOf(query), page), page)),
  },
);
