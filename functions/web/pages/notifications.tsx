import { id } from "../../../shared/contracts/fields.ts";
import { listNotificationsContract } from "../../../shared/contracts/notifications/list-notifications.ts";
import { page } from "../../../shared/http/site.ts";
import { NotificationsView } from "../../../shared/pages/notifications-view.tsx";
import { incidents, notifications } from "../../../shared/runtime/stores.ts";
import { findIncident } from "../../../shared/use-cases/incidents/find-incident.ts";

const query = listNotificationsContract.query.omit({ incident_id: true }).extend({ incident: id.optional() });

export const notificationsPage = page(
  "notifications",
  { query },
  async ({ query, page, cursor, ...viewing }) => {
    const { status, channel, recipient, incident } = query;
    const found =
      incident === undefined ? undefined : await findIncident({ incidents: incidents() }, incident);
    const filter = { status, channel, recipient };
    const { items, next } = await notifications().list({ ...filter, incidentId: found?.id }, page);
    const searches = status !== undefined || channel !== undefined;
    return {
      title: "Notifications",
      // What is older has its result; a search may read a thousand notifications.
      ...(page.after === null && { everySeconds: searches ? 30 : 10 }),
      content: (
        <NotificationsView
          {...viewing}
          filter={{ ...filter, incident }}
          notifications={items}
          first={page.after === null}
          next={cursor(next)}
          partial={next !== null && items.length < page.limit}
        />
      ),
    };
  },
);
