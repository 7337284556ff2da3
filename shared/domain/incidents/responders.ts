/** People who are asked to help with an incident, and their answers. */
import { Conflict } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Recipient } from "../oncall/escalation.ts";
import type { Person } from "../person.ts";
import { change, type EventMetadata, type Incident, type Responder } from "./incident.ts";
import type { IncidentEvent } from "./incident-event.ts";

/**
 * Returns the incident with people asked to help. Those who were asked before are asked again, and have not
 * answered yet.
 *
 * @throws Conflict if it is resolved, or has too many responders
 */
export function withRequest(
  incident: Incident,
  { people, message }: { readonly people: readonly Recipient[]; readonly message: string | null },
  metadata: EventMetadata,
): Incident {
  const { status, number, responders: before = [] } = incident;
  if (status === "resolved") throw new Conflict(`Incident ${number} is resolved`);
  const asked = people.map(
    ({ name, email }): Responder => ({
      name: name ?? email,
      email,
      askedAt: metadata.now,
      answeredAt: null,
    }),
  );
  const others = before.filter(({ email }) => !asked.some((each) => each.email === email));
  const responders = [...others, ...asked];
  if (responders.length > limits.responders)
    throw new Conflict(`Incident ${number} would have more than ${limits.responders} responders`);
  return change(
    incident,
    { responders },
    { type: "responders_requested", recipients: people, message },
    metadata,
  );
}

/** Returns the incident with the answer of a responder. */
export function withAnswer(incident: Incident, { name, email }: Person, metadata: EventMetadata): Incident {
  const responders = (incident.responders ?? []).map((each) =>
    each.email === email ? { ...each, answeredAt: metadata.now } : each,
  );
  return change(
    incident,
    { responders },
    { type: "responder_answered", responder: { name, email } },
    metadata,
  );
}

/** Returns the responder who has answered no request yet and matches; undefined if none or several do. */
export function unansweredResponder(
  { status, responders = [] }: Incident,
  matches: (person: Person) => boolean,
): Responder | undefined {
  if (status === "resolved") return undefined;
  const [found, ...others] = responders.filter((each) => each.answeredAt === null && matches(each));
  return others.length === 0 ? found : undefined;
}

/** Returns true if a person answered a request made at or before a time. */
export function hasAnswered(
  { responders = [] }: Pick<Incident, "responders">,
  email: string,
  askedAt: number,
) {
  return responders.some(
    (each) => each.email === email && each.answeredAt !== null && each.answeredAt >= askedAt,
  );
}

/** Returns true if an incident is assigned to a person, or their help with it was requested. */
export function involves(
  { assignedTo, responders = [] }: Pick<Incident, "assignedTo" | "responders">,
  email: string,
): boolean {
  return [assignedTo, ...responders].some((person) => person?.email.toLowerCase() === email);
}

/** Returns true if one of these events is a page to a person. @param email in lower case */
export function havePaged(events: readonly IncidentEvent[], email: string): boolean {
  return events.some(
    (event) => "recipients" in event && event.recipients.some((each) => each.email.toLowerCase() === email),
  );
}
