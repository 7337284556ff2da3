import { incidentChanged } from "../../shared/messages/incident-changed.ts";
import { publishDeps } from "../../shared/runtime/deps.ts";
import { redriveDeadLetters } from "../../shared/runtime/redrive.ts";
import { republishEvents } from "../../shared/use-cases/incidents/republish-events.ts";
import { runEach } from "../../shared/use-cases/run-each.ts";

const queues = {
  queue: "INCIDENT_EVENTS_QUEUE_URL",
  deadLetters: "INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL",
} as const;

export const handler = () =>
  runEach(
    () => republishEvents(publishDeps()),
    () => redriveDeadLetters(queues, incidentChanged),
  );
