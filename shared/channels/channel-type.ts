/**
 * Describes a channel in two parts: what every layer may know of it, and the client that only the delivering function
 * loads.
 *
 * A channel is `<name>.client.ts`, which exports its `client`, entries of `registry.ts` and `clients.ts`, its test, its settings in
 * .env.example and a row of docs/notifications.md.
 */
import type * as z from "zod";
import type { PushDevice } from "../domain/access/push-device.ts";
import type { Receipt } from "../domain/notifications/delivery.ts";
import type { Notification } from "../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { ReceiptDraft } from "../domain/notifications/receipt.ts";
import type { HttpClient } from "../outbound/http.ts";
import type { ChatMessageStore } from "../use-cases/ports/notifications.ts";

export interface ChannelDescription {
  /** Name in the UI: `Slack`. */
  readonly label: string;
  /** Set if the label is a common noun, which is lowercase within a sentence: `voice call`. */
  readonly isNoun?: true;
  readonly addresses: AddressRules;
  /**
   * Set if a page that needs no answer anymore can be taken back: one per address if that closes all of an incident, or
   * each message, which then shows the new state.
   */
  readonly withdraws?: "per_address" | "each";
  /** Settings that set the channel up, or each alternative to them. Absent if the channel needs none. */
  readonly setups?: readonly ChannelSetup[];
}

export interface ChannelSetup {
  /** Environment variable that enables the channel. Without that of any setup, messages are printed to the console. */
  readonly setting: string;
  /** Variables without which deliveries then fail. */
  readonly required?: readonly string[];
}

export interface AddressRules {
  /** An address in words: `a phone number such as +4915112345678`. For forms, errors, the API reference and docs. */
  readonly hint: string;
  /** Checks an address in its normal form, which is never empty. */
  readonly accepts: (address: string) => boolean;
  /** Returns the normal form of a trimmed address, equal for addresses with the same meaning; the address itself by default. */
  readonly normalize?: (address: string) => string;
  /** True if anyone who knows a URL can write to the channel: all but its host and its end is a secret. */
  readonly hasSecretUrls?: boolean;
  /** True if a person can answer from the number. */
  readonly arePhoneNumbers?: boolean;
}

export interface ChannelClient<S extends () => z.ZodObject = () => z.ZodObject> {
  /**
   * Environment variables, parsed when the channel is first used. Each may name a parameter of the parameter store, and
   * none is required: a channel that isn't set up prints to the console.
   */
  readonly settings: S;
  create(settings: z.output<ReturnType<S>>, context: ChannelContext): Channel | Promise<Channel>;
}

/** A notification channel. */
export interface Channel {
  /**
   * Sends a message once, within ten seconds.
   * @throws TemporaryFailure or PermanentFailure, with the reason in the message
   */
  deliver(message: OutgoingMessage): Promise<Receipt>;
  /** Takes back a page that needs no answer anymore, as far as possible. Absent if the channel can't. Never throws. */
  withdraw?(message: OutgoingMessage): Promise<void>;
  /**
   * Asks the provider what became of an accepted message that it has not reported on, and takes back one that no one can
   * have received yet. Null if the provider cannot tell. Absent if the channel can't ask.
   */
  reconcile?(message: Pick<Notification, "attempts">, now: number): Promise<ProviderReport | null>;
  /** Returns a name of who receives the message, whose failures delay no one else. Default: the host of the address. */
  destinationOf?(message: OutgoingMessage): string;
}

/** A provider's report on a message, as a receipt records it. */
export type ProviderReport = Omit<ReceiptDraft, "at">;

/** Browsers of people who enabled push. */
export interface PushDeviceSource {
  of(email: string): Promise<readonly PushDevice[]>;
  /** Removes a device that its push service no longer knows, and notifies its owner. Never throws. */
  drop(email: string, device: PushDevice, now: number): Promise<void>;
}

export interface CallbackUrls {
  /** Receives the status of a message or call. */
  readonly status: string;
  /** Return the text of a call, and take pressed keys, in the form of each provider; null without a signing secret. */
  readonly calls: { readonly twilio: string; readonly vonage: string } | null;
}

export interface ChatActionReceiver {
  readonly url: string;
  /** Returns a token for an action on an incident, such as `acknowledge inc_1`. */
  readonly sign: (action: string, now: number) => string;
}

export interface ChannelContext {
  readonly http: HttpClient;
  /** Limit of a whole delivery. */
  readonly timeoutMs: number;
  /** Returns a channel that prints messages, in place of this one if a setting of it is missing. */
  readonly printed: (missingSetting?: string) => Channel;
  /** Messages that are updated in place. */
  readonly chatMessages: () => ChatMessageStore;
  /** Returns the URLs at which a provider reports on a notification; null without a public URL. */
  readonly callbacks: (notificationId: string, now: number) => CallbackUrls | null;
  /** Returns what buttons in a chat need to reach the platform; null without a public URL or a signing secret. */
  readonly chatActions: () => ChatActionReceiver | null;
  /** Returns a message as the API presents it, for JSON. */
  readonly present: (message: OutgoingMessage) => unknown;
  readonly pushDevices: PushDeviceSource;
  /** Returns the emails of the people on call for a team now. */
  readonly onCallEmails: (team: string) => Promise<readonly string[]>;
  /** Returns a URL that takes the receipt of a message that a device has shown; null if no one could call it. */
  readonly receiptUrl: (
    receipt: { readonly notificationId: string; readonly device: Pick<PushDevice, "id" | "name"> },
    now: number,
  ) => Promise<string | null>;
}
