/** Events of Vonage calls (developer.vonage.com/en/voice/voice-api/webhook-reference). */
import * as z from "zod";
import { vonageReport } from "../../domain/notifications/call-report.ts";
import type { DeliveryReport } from "./twilio.ts";

const uuid = z.string().min(1).max(64);
/** Events of machine detection have another name for the ID. */
const ids = z.object({ uuid: uuid.optional(), call_uuid: uuid.optional() });

/** Older applications get the digits as a text. */
const dtmf = z.union([
  z.string().max(8),
  z.object({ digits: z.string().max(8).nullish() }).transform(({ digits }) => digits ?? ""),
]);

const event = ids.extend({ status: z.string().max(64).optional(), dtmf: dtmf.nullish() });

export type VonageCall = { readonly id: string } & (
  | { readonly kind: "answered" }
  /** The key is null if none was pressed in time. */
  | { readonly kind: "pressed"; readonly key: string | null }
  | { readonly kind: "reported"; readonly report: DeliveryReport }
  | { readonly kind: "ended" }
);

/** Reads an event of a call; undefined for one that needs nothing, such as ringing. */
export function readVonageCall(body: unknown): VonageCall | undefined {
  const { data } = event.safeParse(body);
  const id = data?.uuid ?? data?.call_uuid;
  if (!data || id === undefined) return undefined;
  const { status, dtmf } = data;
  if (dtmf !== undefined && dtmf !== null) return { id, kind: "pressed", key: dtmf === "" ? null : dtmf };
  if (status === undefined) return { id, kind: "answered" };
  if (status === "completed") return { id, kind: "ended" };
  const report = vonageReport(status);
  return report ? { id, kind: "reported", report: { providerId: id, ...report } } : undefined;
}
