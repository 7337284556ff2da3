import type { Alert } from "../../domain/alerts/alert.ts";
import type { AlertMessage } from "../../domain/alerts/follow-up.ts";
import { timeOfId } from "../../domain/ids.ts";
import type { Delivery } from "../ports/system.ts";
import { applyFollowUp } from "./apply-follow-up.ts";
import { type CorrelateDeps, correlateAlerts } from "./correlate-alerts.ts";

/** Longest time in which an alert is queued after it got its ID, unless it is queued again. */
const promptMs = 5_000;

/** Handles messages of one correlation key in order. Idempotent. */
export async function handleAlertMessages(
  deps: CorrelateDeps,
  messages: readonly AlertMessage[],
  deliveries: readonly Delivery[],
): Promise<void> {
  let alerts: Alert[] = [];
  let repeated = false;
  for (const [index, message] of messages.entries()) {
    if ("alert" in message) {
      alerts.push(message.alert);
      repeated ||= mayBeRepeated(message.alert, deliveries[index]);
      continue;
    }
    await correlateAlerts(deps, alerts, repeated);
    alerts = [];
    repeated = false;
    await applyFollowUp(deps, message.followUp);
  }
  await correlateAlerts(deps, alerts, repeated);
}

/**
 * Returns true unless this is certainly the first delivery of an alert. SQS drops a message that is sent twice within
 * five minutes. One that is sent again later, for example from the dead-letter queue, is older than its message. Rules
 * and suppression send alerts again too.
 */
function mayBeRepeated({ id, route, suppressedAs }: Alert, delivery: Delivery | undefined): boolean {
  const isFirst = delivery?.repeated === false && delivery.sentAt - timeOfId(id) <= promptMs;
  return !isFirst || route !== undefined || suppressedAs !== undefined;
}
