/** Body of webhook messages. */
import * as z from "zod";
import type { OutgoingMessage } from "../../../domain/notifications/outgoing-message.ts";
import { type WebhookMessage, webhookEventOf, webhookEvents } from "../../../domain/notifications/webhook.ts";
import { formatInstant } from "../../../domain/time.ts";
import { instant } from "../../fields.ts";
import {
  incidentResource,
  noteResource,
  presentEvent,
  presentIncident,
  presentNote,
  timelineEntryResource,
} from "../../incidents/incident.ts";

const webhook = z.object({ id: z.string(), team: z.string() });

export const webhookMessageResource = z
  .discriminatedUnion("type", [
    z.object({
      type: z.enum(webhookEvents),
      timestamp: instant.meta({ description: "Time of the event." }),
      data: z.object({
        incident: incidentResource
          .nullable()
          .meta({ description: "State when the message was sent, which may be newer than the event." }),
        event: timelineEntryResource.meta({ description: "The event as in the timeline." }),
        note: noteResource.nullable().meta({ description: "The note, for incident.note_added." }),
        webhook,
      }),
    }),
    z.object({ type: z.literal("webhook.ping"), timestamp: instant, data: z.object({ webhook }) }),
  ])
  .meta({ id: "WebhookMessage" });

/** Builds a message. Retries and replays differ only in the state of the incident. */
export function presentWebhookMessage(
  { webhookId, team, event }: WebhookMessage,
  {
    notification: { createdAt },
    incident,
    note,
  }: Pick<OutgoingMessage, "notification" | "incident" | "note">,
): z.input<typeof webhookMessageResource> {
  const webhook = { id: webhookId, team };
  const type = event && webhookEventOf(event);
  if (!type) return { type: "webhook.ping", timestamp: formatInstant(createdAt), data: { webhook } };
  return {
    type,
    timestamp: formatInstant(event.at),
    data: {
      incident: incident && presentIncident(incident),
      event: presentEvent(event),
      note: note && presentNote(note),
      webhook,
    },
  };
}
