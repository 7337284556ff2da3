import { Unauthenticated } from "../../http/errors.ts";
import { isSentByTwilio } from "../../http/twilio/twilio-signature.ts";
import { twilioConfig } from "../config.ts";
import { loadSecrets } from "../secrets.ts";

/**
 * Reads a form that Twilio, or a provider with the same API, has signed.
 *
 * @param path path and query below the public URL
 * @throws Unauthenticated
 */
export async function admitTwilio(headers: Headers, path: string, body: string): Promise<URLSearchParams> {
  await loadSecrets(["TWILIO_AUTH_TOKEN"]);
  const { PUBLIC_URL, TWILIO_AUTH_TOKEN } = twilioConfig();
  const form = new URLSearchParams(body);
  if (PUBLIC_URL === "" || !isSentByTwilio(headers, PUBLIC_URL + path, form, TWILIO_AUTH_TOKEN))
    throw new Unauthenticated("The Twilio signature is missing or invalid for the public URL");
  return form;
}
