/** An endpoint for a monitoring system, in that system's own API. Times are epoch milliseconds. */
export interface Integration {
  /** `int_` and a ULID. */
  readonly id: string;
  readonly name: string;
  /** Type name from the registry. A type that this release does not have rejects all requests. */
  readonly type: string;
  /** Service its alerts belong to. */
  readonly service: string;
  /** Additional settings of the type; see `IntegrationType.settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** SHA-256 of the key, in hex. The key itself is not stored. */
  readonly keyDigest: string;
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  readonly version: number;
}

/**
 * Returns true if the text has the format of an integration key: 128 random bits in hex, the usual length
 * elsewhere.
 */
export function looksLikeIntegrationKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Dedup key as stored, prefixed so that different integrations never share one. */
export function ownDedupKey({ id }: Pick<Integration, "id">, dedupKey: string): string {
  return `${id}:${dedupKey}`;
}

/** Shown instead of a secret setting. */
export const hidden = "…";

/** Returns settings in displayable form. */
export function shownSettings(settings: Integration["settings"]): Integration["settings"] {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      /secret|token|password/i.test(name) ? hidden : value,
    ]),
  );
}

/** Activity of an integration. Figures lag by some seconds. */
export interface IntegrationActivity {
  readonly integrationId: string;
  readonly events: number;
  readonly errors: number;
  readonly lastEventAt: number | null;
}

/** A rejected event of an integration, with the reason. */
export interface IntegrationError {
  /** `err_` and a ULID. */
  readonly id: string;
  readonly integrationId: string;
  readonly at: number;
  /** Response status as the sender saw it; null if the rest of the request was accepted. */
  readonly status: number | null;
  readonly message: string;
  /** Start of the payload, without secrets. */
  readonly excerpt: string;
}

/** Returns the start of a payload, without its key and without values whose names indicate a secret. */
export function excerptOf(body: string, length: number): string {
  // Only the kept part is redacted, plus any secret that the cut would split.
  return body
    .slice(0, length * 4)
    .replaceAll(/\b[0-9a-f]{32}\b/gi, "…")
    .replaceAll(secretField, "$<name>$<between>…")
    .replaceAll(/\/\/[^/\s@"']+@/g, "//…@")
    .slice(0, length)
    .toWellFormed();
}

const secretField =
  /(?<name>\w*(?:routing_key|service_key|api_?key|access_?key|secret|token|password|authorization|signature)\w*)(?<between>"?\s*[:=]\s*"?)[^"&\s,}]+/gi;
