import type { Notification } from "../../../domain/notifications/notification.ts";
import { DeliveryShape } from "../../components/marks.tsx";
import { deliveryText, statusText } from "./notification-labels.ts";

/** Delivery status with its latest detail. */
export function Delivery({
  notification,
  now,
}: {
  readonly notification: Notification;
  readonly now: number;
}) {
  return (
    <span>
      <DeliveryShape notification={notification}>{statusText(notification)}</DeliveryShape>{" "}
      {deliveryText(notification, now)}
      <Reason notification={notification} />
    </span>
  );
}

/** The reason why it was not delivered. */
function Reason({ notification }: { readonly notification: Notification }) {
  const { channel, status, simulated, reason, attempts } = notification;
  const isExplained = status === "sent" && (!simulated || channel === "console");
  const why = isExplained ? null : (reason ?? attempts.at(-1)?.detail ?? null);
  if (why === null) return null;
  return (
    <span class="quiet">
      : <bdi>{why}</bdi>
    </span>
  );
}
