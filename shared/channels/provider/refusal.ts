/**
 * Errors in the body of 2xx responses. Each channel lists its success texts. A JSON body means success unless
 * it reports an error.
 */
import * as z from "zod";
import type { HttpResponse } from "../../outbound/http.ts";

/** Reason why a message was rejected despite its status. */
export interface Refusal {
  /** True if the same message may be accepted later. */
  readonly isTemporary: boolean;
  /** Delay requested by the provider; null if none. */
  readonly retryAfterSeconds: number | null;
}

export interface Success {
  /** Success bodies in lower case, besides an empty one. */
  readonly texts: readonly string[];
  /** Finds provider-specific errors in the body, or in the fields of a JSON body. */
  readonly refusalIn?: (text: string, fields: Fields) => Refusal | null;
}

type Fields = Readonly<Record<string, unknown>>;

const temporary: Refusal = { isTemporary: true, retryAfterSeconds: null };
export const permanent: Refusal = { isTemporary: false, retryAfterSeconds: null };

/** Returns the error in a 2xx response; null if the message was accepted. */
export function refusalIn(response: HttpResponse, { texts, refusalIn }: Success): Refusal | null {
  const text = response.body.trim();
  if (text === "" || texts.includes(text.toLowerCase())) return null;
  // A proxy or a login page responded instead of the provider.
  if (isPage(response)) return temporary;
  const fields = fieldsOf(text);
  const own = refusalIn?.(text, fields ?? {}) ?? null;
  if (own !== null || fields === null) return own ?? temporary;
  return reportsError(fields) ? refusalOf(statusIn(fields), fields) : null;
}

/** Classifies an error by the HTTP status in its body. Without one, it is temporary. */
export function refusalOf(status: number | undefined, fields: Fields = {}): Refusal {
  const isTemporary = status === undefined || isTemporaryStatus(status);
  return { isTemporary, retryAfterSeconds: retryAfterIn(fields) };
}

/** Returns true for temporary statuses: timeout, too early, too many requests, and server errors. */
export function isTemporaryStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** Returns true for an HTML page. */
export function isPage({ headers, body }: Pick<HttpResponse, "headers" | "body">): boolean {
  return /\bhtml\b/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)\b/i.test(body);
}

/** Parses a JSON object. Returns no fields for a truncated one, and null for any other text. */
function fieldsOf(text: string): Fields | null {
  if (!text.startsWith("{")) return null;
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return {};
  }
}

function reportsError({ ok, success, error, errors }: Fields): boolean {
  return ok === false || success === false || isFilled(error) || isFilled(errors);
}

/** Returns true if a field contains an error. 0, false and empty values mean none. */
function isFilled(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  if (typeof value === "string") return !noError.has(value.trim().toLowerCase());
  return Boolean(value);
}

const noError: ReadonlySet<string> = new Set(["", "0", "false", "null", "none"]);

const httpStatus = z.coerce.number().int().min(400).max(599);

function statusIn({ http, status, statusCode, code }: Fields): number | undefined {
  return [http, status, statusCode, code]
    .map((value) => httpStatus.safeParse(value).data)
    .find((value) => value !== undefined);
}

/** Returns the delay that a JSON body requests; null if none. */
export function retryAfterInBody(body: string): number | null {
  return retryAfterIn(fieldsOf(body.trim()) ?? {});
}

/** Returns `retry_after`, which Telegram has in its `parameters`. */
function retryAfterIn({ parameters, retry_after: seconds }: Fields): number | null {
  if (typeof parameters === "object" && parameters !== null) return retryAfterIn(parameters as Fields);
  return typeof seconds === "number" && seconds >= 0 ? Math.ceil(seconds) : null;
}
