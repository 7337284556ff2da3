import { id } from "../../../contracts/fields.ts";
import { listNotificationsContract } from "../../../contracts/notifications/list-notifications.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { NotificationStore } from "../../../use-cases/ports/notifications.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { notificationColumns } from "./columns.ts";
import { NotificationsView } from "./view.tsx";

const query = listNotificationsContract.query.omit({ incident_id: true }).extend({ incident: id.optional() });

interface UseCases {
  readonly listNotifications: NotificationStore["list"];
  readonly findIncident: Wired<typeof findIncident>;
}

export const notificationsPage = page(
  { query },
  async ({ query, page, cursor, ...viewing }, { listNotifications, findIncident }: UseCases) => {
    const { status, channel, recipient, incident } = query;
    const found = incident === undefined ? undefined : await findIncident(incident);
    const filter = { status, channel, recipient };
    const { items, next } = await listNotifications({ ...filter, incidentId: found?.id }, page);
    const searches = status !== undefined || channel !== undefined;
    return {
      title: "Notifications",
      isEmpty: items.length === 0,
      // Older pages don't change. A search can read a thousand notifications.
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
  {
    notifications: async ({ query, page }, { listNotifications, findIncident }) => {
      const { status, channel, recipient, incident } = query;
      const incidentId = incident === undefined ? undefined : (await findIncident(incident)).id;
      const filter = { status, channel, recipient, incidentId };
      return downloadOf(
        notificationColumns,
        await firstRows((page) => listNotifications(filter, page), page),
      );
    },
  },
);
