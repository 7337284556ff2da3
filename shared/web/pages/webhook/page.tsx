import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import { minuteMs } from "../../../domain/time-units.ts";
import type { listDeliveries } from "../../../use-cases/notifications/webhooks/list-deliveries.ts";
import type { readWebhook } from "../../../use-cases/notifications/webhooks/read-webhook.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { notificationColumns } from "../notifications/columns.ts";
import { webhookPageParams } from "../webhooks/form.ts";
import { WebhookView } from "./view.tsx";

interface UseCases {
  readonly readWebhook: Wired<typeof readWebhook>;
  readonly listDeliveries: Wired<typeof listDeliveries>;
}

/** Deliveries shown at once. Each is read from an index and then whole. */
const deliveriesPerPage = 20;
const refreshSeconds = 2;
const refreshedForMs = minuteMs;

export const webhookPage = page(
  { params: webhookPageParams, query: z.object(pageQuery) },
  async (
    { params: { team, id }, page, cursor, newSecret, ...viewing },
    { readWebhook, listDeliveries }: UseCases,
  ) => {
    const limit = Math.min(page.limit, deliveriesPerPage);
    const [webhook, { items, next }] = await Promise.all([
      readWebhook(team, id),
      listDeliveries(team, id, { ...page, limit }),
    ]);
    const { now } = viewing;
    const isPending = items.some(
      ({ status, createdAt }) => status === "queued" && now - createdAt < refreshedForMs,
    );
    return {
      title: "Webhook",
      isEmpty: items.length === 0,
      ...(isPending && newSecret === null && { everySeconds: refreshSeconds }),
      content: (
        <WebhookView
          {...viewing}
          webhook={webhook}
          secret={newSecret}
          deliveries={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    deliveries: async ({ params: { team, id }, page }, { listDeliveries }) =>
      downloadOf(notificationColumns, await firstRows((page) => listDeliveries(team, id, page), page)),
  },
);
