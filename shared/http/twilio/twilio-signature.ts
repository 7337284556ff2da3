import { hmacSha1, isSigned } from "../../crypto/hmac.ts";

/**
 * Returns true if Twilio, or a provider with the same API, sent this form to this URL: `X-Twilio-Signature` is the base64
 * HMAC-SHA1 of the URL and the fields of the form, sorted by name, each name followed by its value. Proxies add or remove
 * the port, so the URL is valid with and without it.
 *
 * @param url public URL, as it is configured with the provider
 * @param authToken an empty one is never valid
 */
export function isSentByTwilio(
  headers: Headers,
  url: string,
  form: URLSearchParams,
  authToken: string,
): boolean {
  const secrets = authToken === "" ? [] : [authToken];
  const fields = [...new Set(form.keys())].toSorted().map((name) => {
    const values = [...new Set(form.getAll(name))].toSorted();
    return values.map((value) => name + value).join("");
  });
  const presented = headers.get("x-twilio-signature") ?? "";
  const matches = spellingsOf(url).map((spelling) =>
    isSigned(presented, secrets, (secret) => hmacSha1(secret, spelling + fields.join("")).toString("base64")),
  );
  return matches.includes(true);
}

/** Returns a URL with and without the port. */
function spellingsOf(url: string): readonly string[] {
  const [, scheme = "", host = "", port, rest = ""] =
    /^(https?):\/\/([^/?#:]+|\[[^\]]*\])(?::(\d+))?(.*)$/.exec(url) ?? [];
  if (scheme === "") return [];
  const known = port ?? (scheme === "https" ? "443" : "80");
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}:${known}${rest}`];
}
