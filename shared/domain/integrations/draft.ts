import type { AlertDraft } from "../alerts/alert.ts";
import type { Change } from "../incidents/change.ts";
import { limits } from "../limits.ts";
import { oneLine } from "../text/lines.ts";
import { type Integration, ownDedupKey } from "./integration.ts";
import type { ChangeDraft, MonitoringEvent } from "./monitoring-event.ts";

/** Converts an event of an integration to an alert. */
export function draftOf(
  integration: Pick<Integration, "id" | "service">,
  event: MonitoringEvent,
  title: string,
  sha256: (text: string) => string,
): AlertDraft {
  return {
    service: cut(oneLine(event.service ?? "").toLowerCase(), limits.serviceLength) || integration.service,
    severity: event.severity,
    message: cut(messageOf(event), limits.messageLength),
    labels: boundedLabels(event.labels ?? {}),
    source: cut(event.source?.trim() ?? "", limits.sourceLength) || title,
    timestamp: event.timestamp ?? event.startsAt ?? null,
    dedupKey: event.dedupKey === null ? null : storedDedupKey(integration, event.dedupKey, sha256),
    action: event.action,
    ...(event.startsAt !== undefined && { startsAt: event.startsAt }),
    ...(event.endsAt !== undefined && { endsAt: event.endsAt }),
  };
}

/** Converts a change of the integration's service, received at a time (epoch milliseconds). */
export function changeOf(
  { service }: Pick<Integration, "service">,
  { summary, source, timestamp, links = [], details = {} }: ChangeDraft,
  id: string,
  now: number,
): Change {
  const size = Buffer.byteLength(JSON.stringify(details));
  return {
    id,
    service,
    summary: cut(summary.trim(), limits.changeSummaryLength),
    source: source === null ? null : cut(source, limits.sourceLength),
    at: timestamp ?? now,
    links: links
      .slice(0, limits.changeLinks)
      .filter(({ href }) => href.length <= limits.addressLength)
      .map(({ href, text }) => ({ href, text: text === null ? null : cut(text, limits.sourceLength) })),
    details: size > limits.changeDetailsBytes ? { omitted: `${size} bytes` } : details,
  };
}

/** Maximum length of a client's key that fits next to an integration's ID. */
const keyLength = limits.dedupKeyLength - 32;

/** Returns a client's dedup key in stored form. */
export function storedDedupKey(
  integration: Pick<Integration, "id">,
  dedupKey: string,
  sha256: (text: string) => string,
): string {
  return ownDedupKey(integration, dedupKey.length > keyLength ? `sha256:${sha256(dedupKey)}` : dedupKey);
}

/** Maximum size of all labels, which leaves room for the rest of an alert. */
const labelsBytes = limits.alertBytes - 32 * 1024;

/** Drops labels that are too many or too large, because an alert that cannot be stored would page no one. */
export function boundedLabels(values: Readonly<Record<string, unknown>>): AlertDraft["labels"] {
  const labels = new Map<string, string | number | boolean>();
  let bytes = 0;
  for (const [name, value] of Object.entries(values)) {
    const label = labelOf(value);
    if (name === "" || label === undefined) continue;
    const shortName = cut(name, limits.labelNameLength);
    bytes += Buffer.byteLength(JSON.stringify([shortName, label]));
    if (labels.size === limits.labelsPerAlert || bytes > labelsBytes) break;
    labels.set(shortName, label);
  }
  return Object.fromEntries(labels);
}

function messageOf({ message, details = "", labels = {} }: MonitoringEvent): string {
  return [message.trim() || namesOf(labels), details.trim()].filter((text) => text !== "").join("\n");
}

/** Names an alert without a message by its identifying labels. */
function namesOf(labels: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(labels).flatMap(([name, value]) => {
    const label = labelOf(value) ?? "";
    return label === "" || /^annotations\.|_url$|^truncated_alerts$/.test(name) ? [] : [`${name}=${label}`];
  });
  return named.join(", ") || "(no message)";
}

function labelOf(value: unknown): string | number | boolean | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  // JSON encodes numbers that are too large as null.
  if (typeof value === "number") return String(value);
  return cut(typeof value === "string" ? value : JSON.stringify(value), limits.labelValueLength);
}

/** Truncates a text without splitting a character. */
export function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .toWellFormed()
        .replace(/\ufffd$/, "");
}
