import * as z from "zod";
import type { Alert, AlertDraft } from "../../domain/alerts/alert.ts";
import { limits } from "../../domain/limits.ts";
import { faultsOf } from "../../validation/faults.ts";
import { defineContract } from "../contract.ts";
import { alertInput } from "./alert.ts";

const acceptedAlert = z.object({
  alert_id: z.string(),
  dedup_key: z.string().nullable(),
  status: z.literal("accepted"),
});
const fault = z.object({ path: z.string(), message: z.string() });
const rejectedAlert = z.object({ index: z.number(), errors: z.array(fault) });

const batch = z.array(z.unknown()).min(1).max(limits.alertsPerBatch);

export type AlertItem = { readonly draft: AlertDraft } | { readonly errors: z.output<typeof fault>[] };

function draftOf({ dedup_key, ...alert }: z.output<typeof alertInput>): AlertDraft {
  return { ...alert, dedupKey: dedup_key };
}

/** A single alert is accepted or rejected as a whole. In a batch, each alert is independent. */
const body = z.unknown().transform((value, context): { single: boolean; items: AlertItem[] } => {
  const passOn = (issues: readonly z.core.$ZodIssue[]) => {
    context.issues.push(...issues.map((issue) => ({ ...issue, input: value }) as z.core.$ZodRawIssue));
    return z.NEVER;
  };
  if (!Array.isArray(value)) {
    const single = alertInput.safeParse(value);
    return single.success
      ? { single: true, items: [{ draft: draftOf(single.data) }] }
      : passOn(single.error.issues);
  }
  const list = batch.safeParse(value);
  if (!list.success) return passOn(list.error.issues);
  const parsed = list.data.map((item) => alertInput.safeParse(item));
  if (parsed.every(({ success }) => !success)) {
    return passOn(
      parsed.flatMap(({ error }, index) =>
        (error?.issues ?? []).map((issue) => ({ ...issue, path: [index, ...issue.path] })),
      ),
    );
  }
  return {
    single: false,
    items: parsed.map((item) =>
      item.success
        ? { draft: draftOf(item.data) }
        : { errors: faultsOf(item.error.issues, limits.faultsPerAlert) },
    ),
  };
});

type Receipt = z.input<typeof receiveAlertsContract.response>;

/**
 * Builds the response, in the order of the request. `stored` has an alert per valid item, or undefined if the
 * queue rejected it.
 */
export function presentReceipt(
  items: readonly AlertItem[],
  single: boolean,
  stored: readonly (Pick<Alert, "id" | "dedupKey"> | undefined)[],
): Receipt {
  const accepted: z.input<typeof acceptedAlert>[] = [];
  const rejected: z.input<typeof rejectedAlert>[] = [];
  let valid = 0;
  for (const [index, item] of items.entries()) {
    if ("errors" in item) {
      rejected.push({ index, errors: item.errors });
      continue;
    }
    const alert = stored[valid++];
    if (alert) accepted.push({ alert_id: alert.id, dedup_key: alert.dedupKey, status: "accepted" });
    else rejected.push({ index, errors: [{ path: "", message: "could not be queued; send it again" }] });
  }
  const [only] = accepted;
  return single && only ? only : { accepted, rejected };
}

export const receiveAlertsContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/alerts",
  summary: "Send alerts",
  description: "Accepts one alert, or up to 100 at once. 202 means that they are stored.",
  right: "ingest",
  ingestion: true,
  body,
  bodyDocs: z.union([alertInput, z.array(alertInput).min(1).max(limits.alertsPerBatch)]),
  status: 202,
  response: z.union([
    acceptedAlert,
    z.object({ accepted: z.array(acceptedAlert), rejected: z.array(rejectedAlert) }),
  ]),
  idempotent: true,
});
