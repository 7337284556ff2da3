import { timerDue } from "../../shared/messages/timer-due.ts";
import { consume } from "../../shared/runtime/consume.ts";
import { timerDeps } from "../../shared/runtime/later/deps.ts";
import { clock } from "../../shared/runtime/system.ts";
import { fireTimer } from "../../shared/use-cases/incidents/fire-timer.ts";

export const handler = consume(
  { queue: "INCIDENT_TIMERS_QUEUE_URL", deadLetters: "INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL" },
  timerDue,
  async (bodies) => {
    for (const { timer } of bodies) await fireTimer(timerDeps(), timer, clock());
  },
);
