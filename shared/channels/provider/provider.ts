/** What all providers over HTTP have in common. */
import { Gone, PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http, HttpRequest } from "../../outbound/http.ts";
import { detailOf, secretsOfMessage, secretsOfUrl } from "./detail.ts";
import { isPage, isTemporaryStatus, refusalIn, type Success } from "./refusal.ts";

export interface ProviderCall {
  readonly http: Http;
  readonly request: HttpRequest;
  readonly message: OutgoingMessage;
  /** Besides those in the URL, the authorization and the message's links. */
  readonly secrets?: readonly string[];
  /** What an answer says; its text unless given. */
  readonly summary?: (body: string) => string;
  /** Bodies of a 2xx answer that mean success; any unless given. */
  readonly success?: Success;
}

/**
 * Hands a message over to a provider.
 *
 * @returns status and answer of one that accepted it, by its status and by `success`
 * @throws TemporaryFailure, for as long as its Retry-After says, PermanentFailure, or Gone for a 410
 */
export async function call(provider: ProviderCall): Promise<{ readonly detail: string }> {
  const { http, request, message, secrets = [], summary = textOf, success } = provider;
  const answer = await http.post(request);
  const { status, headers } = answer;
  const text = isPage(answer) ? "" : summary(answer.body);
  const detail = detailOf(`${status} ${text}`, [
    ...secrets,
    ...(request.headers.authorization?.split(" ") ?? []).slice(1),
    ...secretsOfUrl(request.url),
    ...secretsOfMessage(message),
  ]);
  if (status >= 200 && status < 300) {
    const refusal = success ? refusalIn(answer, success) : null;
    if (refusal === null) return { detail };
    throw refusal.isTemporary
      ? new TemporaryFailure(detail, refusal.retryAfterSeconds)
      : new PermanentFailure(detail);
  }
  if (isTemporaryStatus(status)) {
    throw new TemporaryFailure(detail, retryAfterSeconds(headers["retry-after"], message.at));
  }
  throw status === 410 ? new Gone(detail) : new PermanentFailure(detail);
}

/** The same with a JSON body. */
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

/** Seconds or a date (RFC 9110 10.2.3); null when there is neither. */
export function retryAfterSeconds(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  // The oldest of the three forms of a date names no zone.
  const at = /^[a-z]{3,9},? /i.test(text)
    ? Date.parse(/ GMT$/i.test(text) ? text : `${text} GMT`)
    : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}

function textOf(body: string): string {
  return body;
}
