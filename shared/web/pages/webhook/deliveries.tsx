import { presentDelivery } from "../../../contracts/notifications/webhooks/delivery.ts";
import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { DeliveryShape } from "../../components/marks.tsx";
import { Ago, Second } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { deliveryText, statusText } from "../notifications/notification-labels.ts";
import { eventName } from "../webhooks/webhook-fields.tsx";

interface DeliveriesProps {
  readonly webhook: Webhook;
  readonly deliveries: readonly WebhookDelivery[];
  readonly viewing: Viewing;
}

/** Deliveries of a webhook with the receiver's responses. */
export function Deliveries({ deliveries, ...props }: DeliveriesProps) {
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      {deliveries.length === 0 ? (
        <p class="empty">No deliveries yet. Send a test delivery to check the receiver.</p>
      ) : (
        <ul class="items">
          {deliveries.map((delivery) => (
            <DeliveryItem delivery={delivery} {...props} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DeliveryItem({
  delivery,
  webhook: { team, id, enabled },
  viewing,
}: Omit<DeliveriesProps, "deliveries"> & { readonly delivery: WebhookDelivery }) {
  const { now, viewer } = viewing;
  const { event, attempts } = presentDelivery(delivery);
  const name = event === "webhook.ping" ? "Test delivery" : eventName(event);
  const latest = attempts.at(-1);
  return (
    <li class="item" id={delivery.id}>
      <div>
        <a class="name" href={pageHref("notification", { id: delivery.id })}>
          {name}
          <span class="hidden">
            , <Second at={delivery.createdAt} />
          </span>
        </a>
        <p class="about">
          <DeliveryShape notification={delivery}>{statusText(delivery)}</DeliveryShape>
          {latest && (
            <span>{latest.status_code === null ? "No response" : `Response: ${latest.status_code}`}</span>
          )}
          {delivery.reason === null ? (
            <span>{deliveryText(delivery, now)}</span>
          ) : (
            <bdi>{delivery.reason}</bdi>
          )}
          <Ago at={delivery.createdAt} now={now} />
        </p>
        {latest && latest.status_code !== 200 && (
          <p class="about">
            <bdi class="clamped">{latest.detail}</bdi>
          </p>
        )}
      </div>
      {viewer.may("manage", { team }) && enabled && (
        <ActionForm action="change-webhook" params={{ team, id }} viewing={viewing}>
          <input type="hidden" name="delivery" value={delivery.id} />
          <button
            type="submit"
            name="change"
            value="replay"
            aria-label={`Replay delivery ${delivery.id}: ${name}`}
          >
            Replay delivery
          </button>
        </ActionForm>
      )}
    </li>
  );
}
