import { timerDue } from "../../shared/messages/timer-due.ts";
import { timerDeps } from "../../shared/runtime/later/deps.ts";
import { redriveDeadLetters } from "../../shared/runtime/redrive.ts";
import { sweepTimers } from "../../shared/use-cases/incidents/sweep-timers.ts";
import { runEach } from "../../shared/use-cases/run-each.ts";

const queues = {
  queue: "INCIDENT_TIMERS_QUEUE_URL",
  deadLetters: "INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL",
} as const;

export const handler = () =>
  runEach(
    () => sweepTimers(timerDeps()),
    () => redriveDeadLetters(queues, timerDue),
  );
