import { type Contact, contactsOf, sameMethod, type User } from "../../domain/access/contact.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { roundLabels } from "../../domain/incidents/event-labels.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { ReopenCause } from "../../domain/incidents/incident-event.ts";
import type { Urgency } from "../../domain/incidents/urgency-level.ts";
import {
  type Fallback,
  type Notification,
  newNotification,
} from "../../domain/notifications/notification.ts";
import type { Recipient } from "../../domain/oncall/escalation.ts";
import type { UserStore } from "../ports/access.ts";
import type { Digest } from "../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

export interface SendPagesDeps extends QueueNotificationsDeps {
  readonly users: UserStore;
  readonly digest: Digest;
}

/** People to page, the position in the policy, and the time of the decision. */
interface PageDecision {
  readonly at: number;
  readonly level: number;
  readonly pass: number;
  readonly recipients: readonly Recipient[];
  /** High if absent. */
  readonly urgency?: Urgency;
  /** True for the first pages of an incident, which are never bundled. */
  readonly first: boolean;
  /** Reason of the round, unless it is the first of the incident. */
  readonly cause?: ReopenCause | undefined;
  /** True for a manual escalation, which an acknowledgement does not cancel. */
  readonly manual: boolean;
}

/** Pages people by their notification rules. Idempotent: no one is paged twice. */
export async function sendPages(
  deps: SendPagesDeps,
  incident: Incident,
  decision: PageDecision,
  now: number,
): Promise<void> {
  const users = await deps.users.findAll(decision.recipients.map(({ email }) => email));
  const pages = decision.recipients.flatMap(({ email }) =>
    pagesTo(
      email,
      users.find((user) => user.email === email),
      incident,
      decision,
      deps.digest,
    ),
  );
  await queueNotifications(deps, pages, now);
}

function pagesTo(
  recipient: string,
  user: User | undefined,
  incident: Incident,
  decision: PageDecision,
  digest: Digest,
): Notification[] {
  const { at, level, pass, urgency, first, manual, cause } = decision;
  const contacts = contactsOf(recipient, user, urgency).map(({ method, delaySeconds }) => ({
    pageId:
      idPrefixes.notification +
      digest(
        JSON.stringify([incident.id, pass, level, recipient, method.channel, method.address, delaySeconds]),
      ),
    method,
    delaySeconds,
  }));
  return contacts.flatMap(({ pageId, method, delaySeconds }, index) =>
    delaySeconds === null
      ? []
      : newNotification({
          id: pageId,
          kind: "page",
          incidentId: incident.id,
          channel: method.channel,
          recipient,
          address: method.address,
          message: `${cause === undefined ? "" : `${roundLabels[cause]}: `}#${incident.number} ${incident.title}`,
          severity: incident.severity,
          metadata: {
            incident_number: incident.number,
            service: incident.service,
            team: incident.team,
            level,
            pass,
          },
          createdAt: at,
          dueAt: at + delaySeconds * 1_000,
          cancelledBy: manual ? "resolution" : "answer",
          mayBeBundled: !(first && index === 0),
          fallbacks: fallbacksAfter(contacts, index),
        }),
  );
}

/** Returns the fallbacks after one contact method, each once. */
function fallbacksAfter(contacts: readonly (Contact & Fallback)[], index: number): Fallback[] {
  return contacts.slice(index + 1).flatMap(({ pageId, method }, offset, later) => {
    const before = [contacts[index], ...later.slice(0, offset)];
    return before.some((contact) => contact && sameMethod(contact.method, method)) ? [] : { pageId, method };
  });
}
