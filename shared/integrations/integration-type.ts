/**
 * Definition of an integration type: the paths that its clients use, and the conversion of requests.
 *
 * A type is one file that exports a definition, one line in `registry.ts`, one example in `examples/`, and
 * one row in docs/integrations.md.
 */
import type * as z from "zod";
import type { Fault } from "../domain/errors.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";

export interface IntegrationType {
  /** Display name, such as `PagerDuty Events`. */
  readonly title: string;
  /** Path for the client's configuration; `{key}` is a placeholder for the integration's key. */
  readonly url: string;
  /** True if its events come by email, so that it has an address. */
  readonly receivesEmail?: boolean;
  /**
   * Client configuration to copy, with the placeholders `{url}` and `{key}`. Absent if these two are all a
   * client needs.
   */
  readonly setUp?: string;
  /** Routes in order of precedence. */
  readonly routes: readonly Route[];
  /** Formats an error like the emulated system. */
  readonly refuse: Refuse;
  /** Path prefix of the client, such as `/v2/`. Unknown paths below it get this type's error format. */
  readonly root?: string;
  /**
   * Additional settings for creation. Default: none. Settings with secret, token or password in their names
   * are never returned.
   */
  readonly settings?: z.ZodObject;
  /** Handles a test event without the signature that only the client can create. Default: the route's `handle`. */
  readonly receiveUnsigned?: Route["handle"];
  /** Rate limit per key. Default: none. */
  readonly requestsPerMinute?: number;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Path without a trailing slash. `{name}` matches one or more characters, including slashes. It applies at
   * the root if `key` finds a key in the request, and always below `/integrations/{key}`. Empty for
   * `/integrations/{key}` itself.
   */
  readonly path: string;
  /** Reads the key from a request at the root. Absent if the path is not available at the root. */
  readonly key?: (inbound: Inbound) => string | undefined;
  /**
   * Handles a request. Errors are formatted by `refuse` and stored with the integration's errors.
   * @throws Invalid for invalid input, or any other domain error
   */
  readonly handle: (inbound: Inbound, context: IntegrationContext) => Promise<Reply>;
  /** Error format of this path, if different. */
  readonly refuse?: Refuse;
}

export type Refuse = (refusal: Refusal) => Reply;

/** An incoming request. */
export interface Inbound {
  readonly method: string;
  /** Decoded placeholder values of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Body of at most `limits.bodyBytes`. */
  readonly body: string;
  /**
   * Parses the body as JSON regardless of its Content-Type; undefined if it is empty.
   * @throws Unreadable, or Invalid if it is nested too deeply
   */
  readonly json: () => unknown;
}

export interface Reply {
  readonly status: number;
  /** Sent as is if it is a text, omitted if null, otherwise sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error to format. */
export interface Refusal {
  /**
   * Status of the platform's own API: 400 unreadable, 401 no such key, 404, 405, 413, 422 invalid, 429, 503,
   * 500.
   */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Faults with their paths, at most `limits.faultsPerReply`. */
  readonly faults: readonly Fault[];
  readonly requestId: string;
}
