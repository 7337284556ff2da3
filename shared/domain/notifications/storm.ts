/** Bundles: messages that each name several pages to one person on one contact method. */

import type { Sha256 } from "../hash-chain.ts";
import { limits } from "../limits.ts";
import { isWorse } from "../severity.ts";
import { count } from "../text/count.ts";
import { splitLines } from "../text/lines.ts";
import { minuteMs } from "../time-units.ts";
import { delivered, isUntouched } from "./delivery.ts";
import { type Notification, newNotification } from "./notification.ts";

const windowMs = 15 * minuteMs;

/** Returns the start of the 15-minute window that contains a time. */
export function windowStart(at: number): number {
  return Math.floor(at / windowMs) * windowMs;
}

/** Returns the end of the 15-minute window that contains a time. */
export function windowEnd(at: number): number {
  return windowStart(at) + windowMs;
}

/** Creates an empty bundle for pages of the same person and contact method as the first. */
export function openBundle(id: string, first: Notification, dueAt: number, now: number): Notification {
  const { channel, recipient, address, severity } = first;
  return newNotification({
    id,
    kind: "bundle",
    incidentId: null,
    channel,
    recipient,
    address,
    message: "",
    severity,
    createdAt: now,
    dueAt,
  });
}

/** Returns true if the bundle has room for another page. */
export function isOpen(bundle: Notification): boolean {
  return isUntouched(bundle) && bundle.bundled.length < limits.bundledPages;
}

/** Returns true if the page is in the bundle. */
export function contains({ bundled }: Notification, page: Pick<Notification, "id">): boolean {
  return bundled.some(({ pageId }) => pageId === page.id);
}

/** Adds a page to a bundle. */
export function withPage(bundle: Notification, page: Notification): Notification {
  const entry = { pageId: page.id, incidentId: page.incidentId ?? "", incidentNumber: numberOf(page) };
  const bundled = [...bundle.bundled, entry];
  const numbers = [...new Set(bundled.map(({ incidentNumber }) => incidentNumber))];
  const message = numbers.length === 1 ? page.message : headlineOf(numbers.length, numbers);
  return { ...bundle, bundled, bundledCount: bundled.length, message };
}

/** Incidents whose titles are in the message. The rest is listed by number. */
const namedInFull = 5;
const lineLength = 100;

/**
 * Returns the bundle with the message about those of its pages that are still to be sent, at least one: the most severe
 * incidents with their titles, then the numbers of all others, so that each is named once.
 */
export function written(bundle: Notification, pages: readonly Notification[]): Notification {
  const ids = new Set(pages.map(({ id }) => id));
  const bundled = bundle.bundled.filter(({ pageId }) => ids.has(pageId));
  const ofIncidents = [...new Map(pages.map((page) => [page.incidentId, page])).values()].toSorted(
    bySeverity,
  );
  const [worst] = ofIncidents;
  const all = { ...bundle, bundled, bundledCount: bundled.length, severity: worst?.severity ?? null };
  if (ofIncidents.length === 1 && worst) {
    const { incidentId, message, metadata } = worst;
    return { ...all, incidentId, message, metadata };
  }
  const lines = ofIncidents.slice(0, namedInFull).map(({ message }) => clipped(splitLines(message).headline));
  const others = ofIncidents.slice(namedInFull).map(numberOf);
  const rest = others.length === 0 ? [] : [`and ${headlineOf(others.length, others)}`];
  const message = [`${ofIncidents.length} more incidents`, ...lines, ...rest].join("\n");
  return { ...all, message };
}

/** Returns the page as sent by the bundle that named it. */
export function namedIn(page: Notification, bundle: Notification, sha256: Sha256): Notification {
  const { id, sentAt, createdAt, simulated } = bundle;
  const receipt = { detail: `included in message ${id}`, simulated };
  return { ...delivered(page, receipt, sentAt ?? createdAt, sha256), reason: null, bundledInto: id };
}

function headlineOf(many: number, numbers: readonly number[]): string {
  return `${count(many, "more incident")}: ${rangesOf(numbers)}`;
}

/** Returns numbers in order, consecutive ones as a range: `#3, #7-#12`. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? `#${from}` : `#${from}-#${to}`)).join(", ");
}

function bySeverity(a: Notification, b: Notification): number {
  if (a.severity !== b.severity && a.severity && b.severity) return isWorse(a.severity, b.severity) ? -1 : 1;
  return numberOf(a) - numberOf(b);
}

function numberOf({ metadata }: Notification): number {
  return Number(metadata.incident_number ?? 0);
}

function clipped(line: string): string {
  return line.length <= lineLength ? line : `${line.slice(0, lineLength - 3).toWellFormed()}...`;
}
