import { channelInSentence } from "../../../channels/registry.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import { kindNames } from "../notifications/notification-labels.ts";

/** A message that its recipient confirms, with a button until they have. It links to no other page of the platform. */
export function ConfirmView({
  notification: { kind, channel, receipts },
  actor,
}: {
  readonly notification: Notification;
  readonly actor: string;
}) {
  const isConfirmed = receipts.some((receipt) => receipt.kind === "answered");
  return (
    <>
      <h1>{kindNames[kind]}</h1>
      <p>
        Sent to <bdi>{actor}</bdi> by {channelInSentence(channel)}.
      </p>
      <div role="status">
        {isConfirmed && (
          <p class="notice done">
            {kind === "drill" ? "The drill is answered." : "The contact method is verified."} You can close
            this page.
          </p>
        )}
      </div>
      {!isConfirmed && (
        <form method="post" action="?" class="stack link-actions">
          <button type="submit" name="do" value="acknowledge" class="primary">
            {kind === "drill" ? "Acknowledge drill" : "Verify contact method"}
          </button>
        </form>
      )}
    </>
  );
}
