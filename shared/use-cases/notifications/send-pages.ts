import { type Contact, contactsOf, sameMethod, type User } from "../../domain/access/contact.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { roundLabels, subjectOf } from "../../domain/incidents/event-labels.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, ReopenCause } from "../../domain/incidents/incident-event.ts";
import type { Urgency } from "../../domain/incidents/urgency-level.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import {
  type Fallback,
  type Notification,
  newNotification,
} from "../../domain/notifications/notification.ts";
import { isRepeat, type Recipient } from "../../domain/oncall/escalation.ts";
import { oneLine } from "../../domain/text/lines.ts";
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
  /** Pass with which the round began; 1 if absent. */
  readonly firstPass?: number;
  readonly recipients: readonly Recipient[];
  /** High if absent. */
  readonly urgency?: Urgency;
  /** Reason of the round, unless it is the first of the incident. */
  readonly cause?: ReopenCause | undefined;
  /** True for a manual escalation, which an acknowledgement does not cancel. */
  readonly manual: boolean;
  /** Set for people who are asked to help: the ID of the request, and the text of its pages. */
  readonly asked?: { readonly id: string; readonly message: string };
}

/** Pages people by their notification rules. Idempotent: no one is paged twice. */
export async function sendPages(
  deps: SendPagesDeps,
  incident: Incident,
  decision: PageDecision,
  now: number,
  context: () => Promise<MessageContext>,
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
  await queueNotifications(deps, pages, now, await context());
}

/** Pages people who are asked to help. Idempotent for one request: no one is paged twice. */
export async function sendRequest(
  deps: SendPagesDeps,
  incident: Incident,
  request: IncidentEvent & { readonly type: "responders_requested" },
  now: number,
  context: () => Promise<MessageContext>,
): Promise<void> {
  const { at, recipients, id, actor, message } = request;
  const by = actor === null ? "Your help is requested" : `${oneLine(actor)} asks for your help`;
  const text = message === null ? "" : `\n\n${message}`;
  const asked = { id, message: `${by}: ${subjectOf(incident)}${text}` };
  const decision = { at, level: 0, pass: 0, recipients, manual: true, asked };
  await sendPages(deps, incident, decision, now, context);
}

function pagesTo(
  recipient: string,
  user: User | undefined,
  incident: Incident,
  decision: PageDecision,
  digest: Digest,
): Notification[] {
  const { at, level, pass, urgency, manual, cause, asked } = decision;
  const position = asked ? [asked.id] : [pass, level];
  const contacts = contactsOf(recipient, user, urgency).map(({ method, delaySeconds }) => ({
    pageId:
      idPrefixes.notification +
      digest(
        JSON.stringify([incident.id, ...position, recipient, method.channel, method.address, delaySeconds]),
      ),
    method,
    delaySeconds,
  }));
  const causeLabel = cause === undefined ? "" : `${roundLabels[cause]}: `;
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
          message: asked?.message ?? `${causeLabel}${subjectOf(incident)}`,
          severity: incident.severity,
          metadata: {
            incident_number: incident.number,
            service: incident.service,
            team: incident.team,
            ...(asked ? { request: asked.id } : { level, pass }),
          },
          createdAt: at,
          dueAt: at + delaySeconds * 1_000,
          cancelledBy: asked ? "own_answer" : manual ? "resolution" : "answer",
          mayBeBundled: isRepeat(decision),
          fallbacks: fallbacksAfter(contacts, index),
        }),
  );
}

/** Returns the fallbacks after one contact method, each once. */
export function fallbacksAfter(contacts: readonly (Contact & Fallback)[], index: number): Fallback[] {
  return contacts.slice(index + 1).flatMap(({ pageId, method }, offset, later) => {
    const before = [contacts[index], ...later.slice(0, offset)];
    return before.some((contact) => contact && sameMethod(contact.method, method)) ? [] : { pageId, method };
  });
}
