import { alertAccepted } from "../../shared/messages/alert-accepted.ts";
import { sweepAlertsDeps } from "../../shared/runtime/later/deps.ts";
import { redriveDeadLetters } from "../../shared/runtime/redrive.ts";
import { sweepAlerts } from "../../shared/use-cases/alerts/sweep-alerts.ts";
import { runEach } from "../../shared/use-cases/run-each.ts";

const queues = { queue: "ALERTS_QUEUE_URL", deadLetters: "ALERTS_DEAD_LETTER_QUEUE_URL" } as const;

export const handler = () =>
  runEach(
    () => sweepAlerts(sweepAlertsDeps()),
    () => redriveDeadLetters(queues, alertAccepted),
  );
