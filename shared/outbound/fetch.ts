import type { HttpClient } from "./http.ts";

interface FetchOptions {
  readonly method?: string;
  readonly headers?: Headers | Record<string, string>;
  readonly body?: unknown;
}

/** A `fetch` as far as libraries need it. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Response>;

/** Returns a `fetch` for libraries that keeps the rules of the client: blocked networks, limits, no redirects. */
export function fetchThrough(client: HttpClient): Fetch {
  return async (url, { method = "GET", headers: given, body } = {}) => {
    const headers = Object.fromEntries(new Headers(given));
    const reply =
      method === "GET"
        ? await client.get(url, headers)
        : await client.post({ url, headers, body: String(body ?? "") });
    const received = Object.entries(reply.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    const isEmpty = [204, 205, 304].includes(reply.status);
    return new Response(isEmpty ? null : reply.body, { status: reply.status, headers: received });
  };
}
