import fc from "fast-check";
import type { Incident } from "../../shared/domain/incidents/incident.ts";
import type { Note } from "../../shared/domain/incidents/incident-event.ts";
import { limits } from "../../shared/domain/limits.ts";
import { type MessageContext, noContext } from "../../shared/domain/notifications/message-context.ts";
import type { Notification } from "../../shared/domain/notifications/notification.ts";
import type {
  EmailReply,
  MessageLinks,
  OutgoingMessage,
} from "../../shared/domain/notifications/outgoing-message.ts";
import type { Webhook } from "../../shared/domain/notifications/webhook.ts";
import { aNotification, anIncident, minutes, monday } from "./builders.ts";

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
    emailReply?: EmailReply | null;
    at?: number;
  } = {},
): OutgoingMessage {
  const { incident = {}, links = someLinks, webhook = null, note = null, at = monday } = rest;
  const { context = {}, acceptsReplies = false, emailReply = null } = rest;
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
    emailReply,
    at,
  };
}

/** Everything that a notification can say, in texts without characters that need escaping. */
const everything = {
  incident: {
    number: 12,
    title: "[CRITICAL] checkout: error rate over 5%",
    description: "The error budget is spent.",
    urgency: "low" as const,
    escalation: { level: 1, pass: 1, nextAt: monday + minutes(5) },
    links: [
      { text: "Graph", href: "https://grafana.example.com/graph.png" },
      { text: "Dashboard", href: "https://grafana.example.com/d/1" },
      { text: "Runbook", href: "https://wiki.example.com/checkout" },
    ],
  },
  context: {
    labels: [
      { name: "instance", value: "web-1" },
      { name: "region", value: "eu" },
    ],
    changes: [
      { summary: "Deploy checkout 4.2", at: monday - minutes(5), href: "https://ci.example.com/42" },
      { summary: "Flag fast-cart on", at: monday - minutes(30), href: null },
    ],
    next: { at: monday + minutes(5), names: ["Grace Hopper"] },
  },
};

/** A page that says everything. */
export function aFullMessage(acceptsReplies = false): OutgoingMessage {
  const message = "#12 [CRITICAL] checkout: error rate over 5%";
  return anOutgoingMessage({ message }, { ...everything, acceptsReplies });
}

/** A page that says as little as possible. */
export function aBareMessage(): OutgoingMessage {
  return anOutgoingMessage({ message: "#1 down", severity: null }, { incident: null, links: null });
}

const characters = [
  "a",
  "W",
  "é",
  "ß",
  "€",
  "^",
  "\\",
  "*",
  "_",
  "<",
  "&",
  "|",
  "]",
  ")",
  '"',
  "中",
  "🚨",
  "\u0301",
  "\u0000",
  "\u202e",
];

/** Texts with characters that channels escape, that take several bytes, or that they do not show; a third are full. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...characters, " ", "\n");
  const repeated = (length: fc.Arbitrary<number>) =>
    fc
      .tuple(fc.constantFrom(...characters), length)
      .map(([character, count]) => character.repeat(count).slice(0, maxLength).toWellFormed());
  return fc.oneof(
    fc.string({ unit, maxLength }),
    repeated(fc.nat(maxLength)),
    repeated(fc.constant(maxLength)),
  );
}

/** Lists that often have as many items as allowed. */
function upTo<T>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  return fc.oneof(fc.array(item, { maxLength }), fc.array(item, { minLength: maxLength, maxLength }));
}

/** Pages whose texts are as long as the platform allows. */
export function anyMessage(): fc.Arbitrary<OutgoingMessage> {
  const href = anyText(1_000).map((text) => `https://example.com/${text.replaceAll(/\s/g, "")}`);
  const link = fc.record({ text: anyText(limits.linkTextLength), href });
  const label = fc.record({
    name: anyText(limits.labelNameLength),
    value: anyText(limits.messageLabelLength),
  });
  const change = fc.record({
    summary: anyText(limits.messageChangeLength),
    at: fc.constant(monday),
    href: fc.option(href.map((url) => url.slice(0, limits.messageHrefLength).toWellFormed())),
  });
  const at = monday + minutes(5);
  return fc
    .record({
      message: anyText(limits.messageLength),
      description: anyText(limits.descriptionLength),
      service: anyText(limits.serviceLength),
      team: anyText(limits.teamLength),
      links: upTo(link, limits.incidentLinks),
      labels: upTo(label, limits.messageLabels),
      changes: upTo(change, limits.messageChanges),
      names: upTo(anyText(limits.personNameLength), limits.messageNames),
    })
    .map(({ message, labels, changes, names, ...incident }) =>
      anOutgoingMessage(
        { message },
        {
          incident: { ...incident, urgency: "low", escalation: { level: 1, pass: 1, nextAt: at } },
          context: { labels, changes, next: { at, names } },
        },
      ),
    );
}
