/**
 * IDs of alerts and requests, which need no storage: an alert's ID encodes its alias, and a request's ID
 * encodes the request.
 */

import * as z from "zod";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import type { Inbound } from "../integration-type.ts";

/** Longer aliases are replaced by their hash. */
const aliasLength = 512;

/** Facts about a request that are known when it is stored. */
const receipt = z.strictObject({
  alias: z.string(),
  /** True if it is already done. Otherwise it is done once the alert exists. */
  success: z.boolean(),
  status: z.string(),
  action: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type Receipt = z.output<typeof receipt>;

export function boundedAlias(alias: string, { sha256 }: Pick<IntegrationContext, "sha256">): string {
  return alias.length <= aliasLength ? alias : `sha256:${sha256(alias)}`;
}

/**
 * Returns the alias of the alert in a path, given by alias, ID, or the ID of its create request. An ID from
 * another system is treated as an alias, so it is not rejected: like an unknown alias, it has no alert.
 */
export function aliasOf({ params: { id = "" }, query }: Inbound, context: IntegrationContext): string {
  if (query.get("identifierType")?.toLowerCase() === "alias") return boundedAlias(id, context);
  return receiptOf(id, context)?.alias ?? textOf(id) ?? boundedAlias(id, context);
}

export function idOf(alias: string): string {
  return Buffer.from(alias).toString("base64url");
}

/** Returns undefined for invalid base64url. */
function textOf(encoded: string): string | undefined {
  const decoded = Buffer.from(encoded, "base64url").toString();
  return encoded !== "" && Buffer.from(decoded).toString("base64url") === encoded ? decoded : undefined;
}

export function requestIdOf(receipt: Receipt, context: IntegrationContext): string {
  const encoded = Buffer.from(JSON.stringify(receipt)).toString("base64url");
  return `${encoded}.${sealOf(encoded, context)}`;
}

/** Returns undefined for an ID that was not issued for this key. */
export function receiptOf(requestId: string, context: IntegrationContext): Receipt | undefined {
  const [encoded = "", seal] = requestId.split(".");
  if (seal !== sealOf(encoded, context)) return undefined;
  return receipt.safeParse(JSON.parse(Buffer.from(encoded, "base64url").toString())).data;
}

/** Only holders of the key could forge one, which gains them nothing. */
function sealOf(encoded: string, { integration, sha256 }: IntegrationContext): string {
  return sha256(`${integration.keyDigest} ${encoded}`).slice(0, 32);
}
