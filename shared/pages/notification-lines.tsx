import type { Notification } from "../domain/notification.ts";
import { deliveryShapes } from "./marks.tsx";
import { deliveryWords, statusNames } from "./notification-words.ts";

/** Where a delivery stands, with the latest that was heard of it. */
export function Delivery({
  notification,
  now,
}: {
  readonly notification: Notification;
  readonly now: number;
}) {
  const { status } = notification;
  return (
    <span>
      <span class={`delivery ${status}`}>
        <span aria-hidden="true">{deliveryShapes[status]}</span> {statusNames[status]}
      </span>{" "}
      {deliveryWords(notification, now)}
      <Why notification={notification} />
    </span>
  );
}

/** Why it has not arrived. */
function Why({ notification: { status, reason, attempts } }: { readonly notification: Notification }) {
  const why = status === "sent" ? null : (reason ?? attempts.at(-1)?.detail ?? null);
  if (why === null) return null;
  return (
    <span class="quiet">
      : <bdi>{why}</bdi>
    </span>
  );
}
