/**
 * Names of alerts and requests. Nothing is kept for them: an alert's id is its alias in other letters, and a request's
 * id tells what was requested.
 */
import * as z from "zod";
import type { Desk, Inbound } from "../integration-type.ts";

/** Longer aliases go by their hash. */
const aliasLength = 512;

/** Facts of a request that are known as soon as it is stored. */
const receipt = z.strictObject({
  alias: z.string(),
  /** True: it is known to be done; otherwise it is done if the alert exists. */
  success: z.boolean(),
  status: z.string(),
  action: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type Receipt = z.output<typeof receipt>;

export function boundedAlias(alias: string, { sha256 }: Pick<Desk, "sha256">): string {
  return alias.length <= aliasLength ? alias : `sha256:${sha256(alias)}`;
}

/**
 * The alias of the alert that a path names: by its alias, its id, or the id of the request that created it. An id of
 * another system is taken for an alias, so that nobody is refused: like an unknown alias, it leads to no alert.
 */
export function aliasOf({ params: { id = "" }, query }: Inbound, desk: Desk): string {
  if (query.get("identifierType")?.toLowerCase() === "alias") return boundedAlias(id, desk);
  return receiptOf(id, desk)?.alias ?? textOf(id) ?? boundedAlias(id, desk);
}

export function idOf(alias: string): string {
  return Buffer.from(alias).toString("base64url");
}

/** Undefined for what is not base64url of a text. */
function textOf(encoded: string): string | undefined {
  const decoded = Buffer.from(encoded, "base64url").toString();
  return encoded !== "" && Buffer.from(decoded).toString("base64url") === encoded ? decoded : undefined;
}

export function requestIdOf(told: Receipt, desk: Desk): string {
  const encoded = Buffer.from(JSON.stringify(told)).toString("base64url");
  return `${encoded}.${sealOf(encoded, desk)}`;
}

/** Undefined for an id that was not given out here for this key. */
export function receiptOf(requestId: string, desk: Desk): Receipt | undefined {
  const [encoded = "", seal] = requestId.split(".");
  if (seal !== sealOf(encoded, desk)) return undefined;
  return receipt.safeParse(JSON.parse(Buffer.from(encoded, "base64url").toString())).data;
}

/** Whoever knows the key could make one, and would deceive nobody but themselves. */
function sealOf(encoded: string, { integration, sha256 }: Desk): string {
  return sha256(`${integration.keyDigest} ${encoded}`).slice(0, 32);
}
