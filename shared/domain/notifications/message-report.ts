/** Reports on text messages and calls in the words of Twilio. */
import type { ReceiptKind } from "./notification.ts";

const kinds: Readonly<Record<string, ReceiptKind>> = {
  delivered: "delivered",
  read: "delivered",
  undelivered: "undelivered",
  failed: "undelivered",
  busy: "undelivered",
  "no-answer": "undelivered",
  canceled: "undelivered",
};

/** Returns what a final status means; null for an intermediate one. */
export function messageReport(
  status: string,
  errorCode?: string | number | null,
): { readonly kind: ReceiptKind; readonly detail: string } | null {
  const kind = Object.hasOwn(kinds, status) ? kinds[status] : undefined;
  if (kind === undefined) return null;
  return { kind, detail: errorCode ? `${status}, error ${errorCode}` : status };
}
