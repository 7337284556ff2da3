/** Lets a monitoring system in through the door that it knows. Times are epoch milliseconds. */
export interface Integration {
  /** `int_` and a ULID. */
  readonly id: string;
  readonly name: string;
  /** A name of the registry of types; one that a release no longer has answers nobody. */
  readonly type: string;
  /** Whose alerts they are. */
  readonly service: string;
  /** What the type wants to know besides; see `IntegrationType.settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** SHA-256 of the key, in hex. The key itself is stored nowhere. */
  readonly keyDigest: string;
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  readonly version: number;
}

/** Whether a text can be such a key at all: 128 random bits in hex, as long as others' keys are. */
export function looksLikeIntegrationKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** A dedup key as it is stored: those of different integrations never meet. */
export function ownDedupKey({ id }: Pick<Integration, "id">, dedupKey: string): string {
  return `${id}:${dedupKey}`;
}

/** Settings as they may be shown. */
export function shownSettings(settings: Integration["settings"]): Integration["settings"] {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      /secret|token|password/i.test(name) ? "…" : value,
    ]),
  );
}

/** What came in through an integration; the figures are some seconds late. */
export interface IntegrationActivity {
  readonly integrationId: string;
  readonly events: number;
  readonly errors: number;
  readonly lastEventAt: number | null;
}

/** Why something that came in was not taken. */
export interface IntegrationError {
  /** `err_` and a ULID. */
  readonly id: string;
  readonly integrationId: string;
  readonly at: number;
  /** What was answered, as it leaves elsewhere; null where the rest of the request was taken. */
  readonly status: number | null;
  readonly message: string;
  /** Of what was sent, its beginning without secrets. */
  readonly excerpt: string;
}

/** The beginning of a payload, without its key and without what its names call secret. */
export function excerptOf(body: string, length: number): string {
  // What is cut off needs no redaction, but for a secret that the cut would halve.
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
