/** Client responses, checked against the contract. */
import { timeBudget } from "../../shared/domain/time-budget.ts";

export interface Answer {
  readonly request: string;
  readonly elapsedMs: number;
  /** Absent if the connection ended without a response. */
  readonly response?: { readonly status: number; readonly headers: Headers; readonly body: string };
}

/** Time limit of responses, plus a second for busy machines. */
const longestMs = timeBudget.responseMs + 1_000;
const waitMs = 15_000;

/** Sends one request and records its result. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const request = `${init.method ?? "GET"} ${new URL(url).pathname}`;
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(waitMs) });
    const body = await response.text();
    const { status, headers } = response;
    return { request, elapsedMs: elapsedMs(), response: { status, headers, body } };
  } catch {
    return { request, elapsedMs: elapsedMs() };
  }
}

/**
 * Returns the contract violation of a response; undefined if there is none.
 *
 * @param expected statuses of a normal response
 */
export function contractFault(
  { request, elapsedMs, response }: Answer,
  expected: readonly number[],
): string | undefined {
  const said = `${request} after ${elapsedMs} ms:`;
  if (elapsedMs > longestMs) return `${said} too late, with ${response?.status ?? "no response"}`;
  if (!response) return undefined;
  const { status, headers, body } = response;
  const summary = `${said} ${status} ${headers.get("content-type")} ${body.slice(0, 300)}`;
  if (/\.[cm]?[jt]sx?:\d+:\d+|stackTrace/.test(body)) return `${summary} shows a stack`;
  if (expected.includes(status)) return undefined;
  if (status !== 503) return summary;
  if (!(Number(headers.get("retry-after")) > 0)) return `${summary} without Retry-After`;
  const isPage = headers.get("content-type")?.startsWith("text/html");
  if (isPage) return request.startsWith("GET /api/") ? summary : undefined;
  if (headers.get("content-type")?.split(";")[0] !== "application/problem+json") return summary;
  const problem = JSON.parse(body) as Record<string, unknown>;
  const lacking = ["title", "code", "request_id"].filter((name) => typeof problem[name] !== "string");
  return problem.status === 503 && lacking.length === 0
    ? undefined
    : `${summary} is no problem of the contract`;
}
