/** Contact methods of people and teams. */

import { redactedAddress } from "../../channels/address.ts";
import { addressHints } from "../../channels/address-hints.ts";
import { channelLabel, channelNames } from "../../channels/registry.ts";
import { type Contact, contactsOf, type User } from "../../domain/access/contact.ts";
import type { Urgency } from "../../domain/incidents/urgency-level.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { formatExactly } from "./duration.ts";
import type { FieldOf } from "./forms/field-state.ts";
import { optionsOf, SelectField, TextField } from "./forms/fields.tsx";

/** A channel and its redacted address. */
export function ContactMethodText({
  method: { channel, address },
}: {
  readonly method: Omit<ContactMethod, "id">;
}) {
  return (
    <>
      <span class="channel">{channelLabel(channel)}</span> <bdi>{redactedAddress(channel, address)}</bdi>
    </>
  );
}

/** Returns the same as plain text. */
export function wordsOf({ channel, address }: ContactMethod): string {
  return `${channelLabel(channel)} ${redactedAddress(channel, address)}`;
}

/** Delay of a contact method: `immediately`, `after 5 minutes`. */
function whenOf({ delaySeconds }: Pick<Contact, "delaySeconds">): string {
  if (delaySeconds === null) return "if those fail";
  return delaySeconds === 0 ? "immediately" : `after ${formatExactly(delaySeconds)}`;
}

/** Contact methods of a user, in the order of use. */
export function ContactMethodsOfUser({
  user,
  urgency = "high",
}: {
  readonly user: User;
  readonly urgency?: Urgency;
}) {
  return (
    <ol class="contact-methods timed">
      {contactsOf(user.email, user, urgency).map((contact) => (
        <li>
          <span class="quiet">{whenOf(contact)}</span>
          <span>
            <ContactMethodText method={contact.method} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Form fields of a new contact method. */
export function ContactMethodFields({ field }: { readonly field: FieldOf }) {
  return (
    <div class="method-fields">
      <SelectField
        field={field("channel")}
        label="Channel"
        value="email"
        options={optionsOf(channelNames, channelLabel)}
      />
      <TextField field={field("address")} label="Address" required maxlength={2_048} />
      <details class="address-formats" id={`${field("address").id}-formats`}>
        <summary>Address formats</summary>
        <ul class="hint">
          {addressHints().map((hint) => (
            <li>{hint}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
