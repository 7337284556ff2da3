import { Unauthenticated } from "../../http/errors.ts";
import { isSentByVonage } from "../../http/vonage/vonage-signature.ts";
import { vonageConfig } from "../config.ts";
import { loadSecrets } from "../secrets.ts";

/**
 * Reads a body that Vonage has signed; undefined if it is no JSON.
 *
 * @throws Unauthenticated
 */
export async function admitVonage(headers: Headers, body: string, now: number): Promise<unknown> {
  await loadSecrets(["VONAGE_SIGNATURE_SECRET"]);
  const { VONAGE_SIGNATURE_SECRET: secrets } = vonageConfig();
  if (!(await isSentByVonage(headers, body, secrets, now)))
    throw new Unauthenticated("The Vonage signature is missing, invalid or older than five minutes");
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
