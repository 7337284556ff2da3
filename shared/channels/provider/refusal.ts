/**
 * Refusals that providers put into the body of a 2xx answer. Each channel names the texts that mean success; a JSON body
 * means success unless it reports an error.
 */
import * as z from "zod";
import type { HttpAnswer } from "../../outbound/http.ts";

/** Why a message was not accepted although the status says so. */
export interface Refusal {
  /** True if the same message may be accepted later. */
  readonly isTemporary: boolean;
  /** The time that the provider asks to wait; null: it does not say. */
  readonly retryAfterSeconds: number | null;
}

export interface Success {
  /** Bodies that mean success, in lower case, besides an empty one. */
  readonly texts: readonly string[];
  /** Finds an error that only this provider reports. The text is the body, the fields are those of a JSON body. */
  readonly refusalIn?: (text: string, fields: Fields) => Refusal | null;
}

type Fields = Readonly<Record<string, unknown>>;

export const temporary: Refusal = { isTemporary: true, retryAfterSeconds: null };
export const permanent: Refusal = { isTemporary: false, retryAfterSeconds: null };

/** Finds the refusal in a 2xx answer; null: the message was accepted. */
export function refusalIn(answer: HttpAnswer, { texts, refusalIn }: Success): Refusal | null {
  const text = answer.body.trim();
  if (text === "" || texts.includes(text.toLowerCase())) return null;
  // A proxy or a login page answered in the provider's place.
  if (isPage(answer)) return temporary;
  const fields = fieldsOf(text);
  const own = refusalIn?.(text, fields ?? {}) ?? null;
  if (own !== null || fields === null) return own ?? temporary;
  return reportsError(fields) ? refusalOf(statusIn(fields), fields) : null;
}

/** Classifies a refusal by an HTTP status that a body names; without one, another attempt may help. */
export function refusalOf(status: number | undefined, fields: Fields = {}): Refusal {
  const isTemporary = status === undefined || isTemporaryStatus(status);
  return { isTemporary, retryAfterSeconds: retryAfterIn(fields) };
}

/** Statuses that say "not now": timeout, too early, too many, or an error of the server. */
export function isTemporaryStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** Recognizes a page for browsers. */
export function isPage({ headers, body }: Pick<HttpAnswer, "headers" | "body">): boolean {
  return /\bhtml\b/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)\b/i.test(body);
}

/** The fields of a JSON object; none of one that was too long to be read whole; null for any other text. */
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

/** Tells whether a field has an error in it: 0, false and what is empty say that there is none. */
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

function retryAfterIn({ retry_after: seconds }: Fields): number | null {
  return typeof seconds === "number" && seconds >= 0 ? Math.ceil(seconds) : null;
}
