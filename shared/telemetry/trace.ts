/**
 * W3C Trace Context, level 1: `00-<trace id>-<parent id>-<flags>`, and AWS X-Ray's equivalent header:
 * `Root=1-<8 hex>-<24 hex>;Parent=<16 hex>;Sampled=1`.
 */
import { randomFromPool } from "../crypto/random-pool.ts";

const w3c = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const xray = /\bRoot=1-([0-9a-f]{8})-([0-9a-f]{24})\b/;

/** Returns the trace of a request or message, or a new one. */
export function traceparentOf(incoming: {
  readonly traceparent?: string | null | undefined;
  readonly xray?: string | null | undefined;
}): string {
  const [, known] = w3c.exec(incoming.traceparent ?? "") ?? [];
  const [, epoch, unique] = xray.exec(incoming.xray ?? "") ?? [];
  const fromXray = epoch && unique ? epoch + unique : undefined;
  return `00-${known ?? fromXray ?? hex(16)}-${hex(8)}-01`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

function hex(bytes: number): string {
  return randomFromPool(bytes).toString("hex");
}
