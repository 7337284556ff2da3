import { listAlertsContract } from "../../../shared/contracts/alerts/list-alerts.ts";
import { text } from "../../../shared/contracts/fields.ts";
import { timeOfId } from "../../../shared/domain/ids.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { page } from "../../../shared/http/site.ts";
import { AlertsView } from "../../../shared/pages/alerts-view.tsx";
import { alerts } from "../../../shared/runtime/stores.ts";

const query = listAlertsContract.query.extend({ text: text(1, limits.serviceLength).optional() });

export const alertsPage = page("alerts", { query }, async ({ query, page, cursor, host, ...viewing }) => {
  const { text, outcome, severity, service, incident_id: incidentId } = query;
  const filter = { text, outcome, severity, service, incidentId };
  const { items, next } = await alerts().list(filter, page);
  const searches = Object.values(filter).some((value) => value !== undefined);
  return {
    title: "Alerts",
    // What is older stays as it is; a search may read a thousand alerts.
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
});
