import { incidentChanged } from "../../shared/messages/incident-changed.ts";
import { consume } from "../../shared/runtime/consume.ts";
import { pageDeps } from "../../shared/runtime/later/deps.ts";
import { clock } from "../../shared/runtime/system.ts";
import { onIncidentEvents } from "../../shared/use-cases/incidents/on-incident-event.ts";

export const handler = consume(
  { queue: "INCIDENT_EVENTS_QUEUE_URL", deadLetters: "INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL" },
  incidentChanged,
  (bodies) =>
    onIncidentEvents(
      pageDeps(),
      bodies.map(({ event }) => event),
      clock(),
      new Map(bodies.flatMap(({ event, labels }) => (labels ? [[event.incidentId, labels] as const] : []))),
    ),
);
