import { alertAccepted } from "../../shared/messages/alert-accepted.ts";
import { consume } from "../../shared/runtime/consume.ts";
import { correlateDeps } from "../../shared/runtime/later/deps.ts";
import { handleAlertMessages } from "../../shared/use-cases/alerts/handle-alert-messages.ts";

export const handler = consume(
  { queue: "ALERTS_QUEUE_URL", deadLetters: "ALERTS_DEAD_LETTER_QUEUE_URL" },
  alertAccepted,
  (bodies, deliveries) => handleAlertMessages(correlateDeps(), bodies, deliveries),
);
