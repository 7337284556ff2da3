/** Account with Twilio, or with a provider that has the same API, for text messages and calls. */
import * as z from "zod";
import type { Receipt } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http } from "../../outbound/http.ts";
import { headerText, webUrl } from "../../validation/settings.ts";
import type { ChannelContext } from "../channel-type.ts";
import { call } from "./provider.ts";
import { permanent, refusalOf, type Success } from "./refusal.ts";

/** Settings of an account, which is used if it has an ID. */
export const twilioFields = () => ({
  TWILIO_BASE_URL: webUrl.prefault("https://api.twilio.com"),
  TWILIO_ACCOUNT_SID: headerText,
  TWILIO_AUTH_TOKEN: headerText,
  TWILIO_FROM: headerText,
});

type Settings = z.output<z.ZodObject<ReturnType<typeof twilioFields>>>;

interface TwilioAccount {
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Phone number, or sender name of text messages. */
  readonly from: string;
}

/** Returns undefined if no account is configured. */
export function accountOf(settings: Settings): TwilioAccount | undefined {
  const { TWILIO_BASE_URL: baseUrl, TWILIO_ACCOUNT_SID: accountSid } = settings;
  const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = settings;
  return accountSid === "" ? undefined : { baseUrl, accountSid, authToken, from };
}

/** Dependencies of a channel of the account. */
export interface Twilio extends TwilioAccount {
  readonly http: Http;
  readonly callbacks: ChannelContext["callbacks"];
}

interface TwilioRequest {
  readonly http: Http;
  readonly account: TwilioAccount;
  readonly resource: "Messages" | "Calls";
  readonly form: Readonly<Record<string, string>>;
  readonly message: OutgoingMessage;
}

/** Creates a message or a call. @throws TemporaryFailure or PermanentFailure */
export function callTwilio({ http, account, resource, form, message }: TwilioRequest): Promise<Receipt> {
  const request = {
    url: urlFor(account, resource),
    headers: headersFor(account),
    body: new URLSearchParams(form).toString(),
  };
  return call({ http, request, message, secrets: [account.authToken], summary, success });
}

export function urlFor({ baseUrl, accountSid }: TwilioAccount, resource: string): string {
  return `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/${resource}.json`;
}

export function headersFor({ accountSid, authToken }: TwilioAccount): Readonly<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return { "content-type": "application/x-www-form-urlencoded", authorization };
}

/** An accepted message has a `sid` and a status such as queued. Undeliverable ones report it immediately. */
const success: Success = {
  texts: [],
  refusalIn(_, { status, error_code: errorCode, code, sid }) {
    if (typeof code === "number" && sid === undefined)
      return refusalOf(typeof status === "number" ? status : undefined);
    const isFailed =
      status === "failed" || status === "undelivered" || (typeof errorCode === "number" && errorCode !== 0);
    return isFailed ? permanent : null;
  },
};

/** Returns the error or the id in a response; its text if it has neither. */
function summary(body: string): string {
  const fault = z.object({ code: z.number(), message: z.string() });
  const accepted = z.object({ sid: z.string() });
  const answer = z.union([
    fault.transform(({ code, message }) => `${code} ${message}`),
    accepted.transform(({ sid }) => sid),
  ]);
  try {
    return answer.safeParse(JSON.parse(body)).data ?? body;
  } catch {
    return body;
  }
}
