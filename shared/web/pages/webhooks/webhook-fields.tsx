import { limits } from "../../../domain/limits.ts";
import { type Webhook, type WebhookEvent, webhookEvents } from "../../../domain/notifications/webhook.ts";
import { capitalize } from "../../components/capitalize.ts";
import type { FieldOf } from "../../components/forms/field-state.ts";
import { FieldFault, TextField } from "../../components/forms/fields.tsx";

/** Returns the label of an event: `Escalation exhausted`. */
export function eventName(event: WebhookEvent): string {
  return capitalize(event.slice("incident.".length).replaceAll("_", " "));
}

/** Form fields of a webhook. */
export function WebhookFields({
  field,
  webhook,
  chosen = webhook?.events ?? webhookEvents,
}: {
  readonly field: FieldOf;
  /** The webhook to edit; absent for a new one. */
  readonly webhook?: Pick<Webhook, "url" | "description" | "events">;
  /** Selected events. Default: those of the webhook, or all. */
  readonly chosen?: readonly string[] | undefined;
}) {
  const events = field("events");
  return (
    <>
      <TextField
        field={field("url")}
        label="URL"
        value={webhook?.url ?? ""}
        placeholder="https://tickets.example.com/hook"
        required
        maxlength={limits.addressLength}
      />
      <TextField
        field={field("description")}
        label="Description"
        value={webhook?.description ?? ""}
        hint="Optional."
        maxlength={limits.webhookDescriptionLength}
      />
      <fieldset aria-describedby={events.fault && `${events.id}-fault`}>
        <legend>Events</legend>
        <div class="choices">
          {webhookEvents.map((event) => (
            <label class="check">
              <input type="checkbox" name="events" value={event} checked={chosen.includes(event)} />{" "}
              {eventName(event)}
            </label>
          ))}
        </div>
      </fieldset>
      <FieldFault field={events} />
    </>
  );
}
