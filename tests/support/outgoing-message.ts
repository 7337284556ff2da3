import type { Incident } from "../../shared/domain/incidents/incident.ts";
import type { Note } from "../../shared/domain/incidents/incident-event.ts";
import { type MessageContext, noContext } from "../../shared/domain/notifications/message-context.ts";
import type { Notification } from "../../shared/domain/notifications/notification.ts";
import type { MessageLinks, OutgoingMessage } from "../../shared/domain/notifications/outgoing-message.ts";
import type { Webhook } from "../../shared/domain/notifications/webhook.ts";
import { aNotification, anIncident, monday } from "./builders.ts";

export const someLinks: MessageLinks = {
  view: "https://incidents.example.com/links/viewViewView0001",
  acknowledge: "https://incidents.example.com/links/acknowledgeAck002",
  resolve: "https://incidents.example.com/links/resolveResolve003",
};

/** A page about an open incident, as passed to a channel. */
export function anOutgoingMessage(
  notification: Partial<Notification> = {},
  rest: {
    incident?: Partial<Incident> | null;
    links?: MessageLinks | null;
    webhook?: Webhook | null;
    note?: Note | null;
    context?: Partial<MessageContext>;
    acceptsReplies?: boolean;
    at?: number;
  } = {},
): OutgoingMessage {
  const { incident = {}, links = someLinks, webhook = null, note = null, at = monday } = rest;
  const { context = {}, acceptsReplies = false } = rest;
  const about = incident && anIncident(incident);
  return {
    notification: aNotification({
      incidentId: about?.id ?? null,
      message: "#1 error rate over 5%\nsince five minutes",
      ...notification,
    }),
    incident: about,
    links,
    webhook,
    note,
    context: { ...noContext, ...context },
    acceptsReplies,
    at,
  };
}
