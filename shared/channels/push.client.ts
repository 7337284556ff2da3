import * as z from "zod";
import type { PushDevice } from "../domain/access/push-device.ts";
import { Gone, PermanentFailure, TemporaryFailure } from "../domain/notifications/delivery.ts";
import { asksForResponse } from "../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { Http } from "../outbound/http.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { headerText } from "../validation/settings.ts";
import type { Channel, ChannelClient, ChannelContext, PushDeviceSource } from "./channel-type.ts";
import { detailOf, secretsOfUrl } from "./provider/detail.ts";
import { call } from "./provider/provider.ts";
import { closeContent, showContent, tagOf, written } from "./push/content.ts";
import { encrypt } from "./push/encrypt.ts";
import { isVapidPair, type VapidKeys, vapid } from "./push/vapid.ts";

const settings = () =>
  z
    .object({
      VAPID_PUBLIC_KEY: headerText,
      VAPID_PRIVATE_KEY: headerText,
      VAPID_SUBJECT: z
        .string()
        .regex(/^(mailto:[^\s<>@]+@[^\s<>@]+|https:\/\/\S+)$/, "must have the form mailto:name@example.com")
        .default("mailto:incidents@example.com"),
    })
    .refine(
      ({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey }) =>
        privateKey === "" || isVapidPair({ publicKey, privateKey }),
      { path: ["VAPID_PRIVATE_KEY"], error: "must be the private key of VAPID_PUBLIC_KEY" },
    );

export const client: ChannelClient<typeof settings> = {
  settings,
  create(account, { http, pushDevices, receiptUrl, printed }) {
    const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = account;
    if (privateKey === "") return printed("VAPID_PRIVATE_KEY");
    return pushChannel({ http, pushDevices, receiptUrl, keys: { publicKey, privateKey }, subject });
  },
};

interface Push extends Pick<ChannelContext, "receiptUrl"> {
  readonly http: Http;
  readonly pushDevices: PushDeviceSource;
  readonly keys: VapidKeys;
  /** `mailto:` or `https:` URL of the operators. */
  readonly subject: string;
}

/** Seconds for which a push service keeps a message for a device that is off. */
const keptSeconds = 86_400;

/** A push service that has forgotten a subscription answers 404 or 410 (RFC 8030 7.3). */
const gone = [404, 410];

/** Sends messages to all browsers in which a person has enabled push. One that accepts is enough. */
export function pushChannel({ http, pushDevices, receiptUrl, keys, subject }: Push): Channel {
  const authorize = vapid(keys, subject);

  async function send(message: OutgoingMessage, device: PushDevice, text: string, isUrgent: boolean) {
    const { endpoint } = device;
    return call({
      http,
      message,
      gone,
      secrets: [device.auth, ...secretsOfUrl(endpoint)],
      request: {
        url: endpoint,
        headers: {
          "content-type": "application/octet-stream",
          "content-encoding": "aes128gcm",
          ttl: String(keptSeconds),
          urgency: isUrgent ? "high" : "normal",
          topic: tagOf(message),
          authorization: authorizationFor(authorize, endpoint, message.at),
        },
        body: encrypted(text, device),
      },
    });
  }

  /** Sends a text to each device, and drops those that are gone. */
  async function sendToAll(
    message: OutgoingMessage,
    textFor: (device: PushDevice) => Promise<string>,
    isUrgent: boolean,
  ): Promise<readonly Outcome[]> {
    const { address, metadata } = message.notification;
    const all = await pushDevices.of(address);
    const devices = metadata.device === undefined ? all : all.filter(({ id }) => id === metadata.device);
    return Promise.all(
      devices.map(async (device) => {
        try {
          const { detail } = await send(message, device, await textFor(device), isUrgent);
          return { device, detail };
        } catch (failure) {
          if (!(failure instanceof TemporaryFailure || failure instanceof PermanentFailure)) throw failure;
          if (failure instanceof Gone) await pushDevices.drop(address, device, message.at);
          return { device, failure };
        }
      }),
    );
  }

  return {
    // Each person has push services of their own choice.
    destinationOf: ({ notification }) => notification.address,

    async deliver(message) {
      const { notification, at } = message;
      const textFor = async (device: PushDevice) =>
        written(showContent(message, await receiptUrl({ notificationId: notification.id, device }, at)));
      const outcomes = await sendToAll(message, textFor, asksForResponse(notification));
      const detail = detailOf(outcomes.map(textOf).join("; "), []);
      if (outcomes.some(({ failure }) => !failure)) return { detail };
      throw failureOf(
        outcomes.flatMap(({ failure }) => failure ?? []),
        detail,
      );
    },

    async withdraw(message) {
      // Its failures are of no consequence: the notification stays until someone closes it.
      const text = written(closeContent(message));
      await sendToAll(message, async () => text, false).catch(() => undefined);
    },
  };
}

type Failure = TemporaryFailure | PermanentFailure;

interface Outcome {
  readonly device: PushDevice;
  readonly detail?: string;
  readonly failure?: Failure;
}

function textOf({ device, detail, failure }: Outcome): string {
  return `${detail ?? failure?.message ?? ""} (${device.name})`;
}

/** Returns the failure of a message that no device accepted. It is temporary if one of them may accept it later. */
function failureOf(failures: readonly Failure[], detail: string): Failure {
  const [only, ...others] = failures;
  if (!only) return new PermanentFailure("push is not enabled in any browser of this user");
  if (others.length === 0) return only;
  const temporary = failures.filter((failure) => failure instanceof TemporaryFailure);
  if (temporary.length === 0) return new PermanentFailure(detail);
  if (failures.every((failure) => failure instanceof Unreachable)) return new Unreachable(detail);
  const delays = temporary.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 0);
  return new TemporaryFailure(detail, Math.max(...delays) || null);
}

/** @throws PermanentFailure for an endpoint that is no URL */
function authorizationFor(authorize: ReturnType<typeof vapid>, endpoint: string, now: number): string {
  if (!URL.canParse(endpoint)) throw new PermanentFailure("the push service's address is not a URL");
  return authorize(endpoint, now);
}

/** @throws PermanentFailure for keys that are none */
function encrypted(text: string, device: PushDevice): Buffer {
  try {
    return encrypt(text, device);
  } catch {
    throw new PermanentFailure("the browser's public key is invalid");
  }
}
