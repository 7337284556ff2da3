/** Shared code of HTTP providers. */
import { Gone, PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http, HttpRequest } from "../../outbound/http.ts";
import { detailOf, secretsOfMessage, secretsOfUrl } from "./detail.ts";
import { isPage, isTemporaryStatus, refusalIn, retryAfterInBody, type Success } from "./refusal.ts";

interface ProviderCall {
  readonly http: Http;
  readonly request: HttpRequest<string | Uint8Array>;
  readonly message: OutgoingMessage;
  /** Secrets besides those in the URL, the authorization and the message's links. */
  readonly secrets?: readonly string[];
  /** Summarizes a response. Default: its text. */
  readonly summary?: (body: string) => string;
  /** Success bodies of 2xx responses. Default: any. */
  readonly success?: Success;
  /** Statuses after which the receiver accepts no further message. Default: 410. */
  readonly gone?: readonly number[];
}

/**
 * Sends a message to a provider.
 *
 * @returns status and body of a success response, according to the status and `success`
 * @throws TemporaryFailure with the delay of Retry-After, PermanentFailure, or Gone
 */
export async function call(provider: ProviderCall): Promise<{ readonly detail: string }> {
  const { http, request, message, secrets = [], summary = textOf, success, gone = [410] } = provider;
  const response = await http.post(request);
  const { status, headers } = response;
  const text = isPage(response) ? "" : summary(response.body);
  const detail = detailOf(`${status} ${text}`, [
    ...secrets,
    ...(request.headers.authorization?.split(" ") ?? []).slice(1),
    ...secretsOfUrl(request.url),
    ...secretsOfMessage(message),
  ]);
  if (status >= 200 && status < 300) {
    const refusal = success ? refusalIn(response, success) : null;
    if (refusal === null) return { detail };
    throw refusal.isTemporary
      ? new TemporaryFailure(detail, refusal.retryAfterSeconds)
      : new PermanentFailure(detail);
  }
  if (isTemporaryStatus(status)) {
    const delay = retryAfterSeconds(headers["retry-after"], message.at) ?? retryAfterInBody(response.body);
    throw new TemporaryFailure(detail, delay);
  }
  throw gone.includes(status) ? new Gone(detail) : new PermanentFailure(detail);
}

/** Sends a JSON body. */
export function callWithJson(
  provider: Omit<ProviderCall, "request"> & {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  },
): Promise<{ readonly detail: string }> {
  const { url, headers, body, ...rest } = provider;
  return call({
    ...rest,
    request: { url, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) },
  });
}

/** Parses seconds or a date (RFC 9110 10.2.3); null if there is neither. */
export function retryAfterSeconds(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  // The oldest of the three date formats has no time zone.
  const at = /^[a-z]{3,9},? /i.test(text)
    ? Date.parse(/ GMT$/i.test(text) ? text : `${text} GMT`)
    : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}

function textOf(body: string): string {
  return body;
}
