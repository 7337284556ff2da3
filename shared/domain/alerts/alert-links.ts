import type { Alert } from "./alert.ts";

/** A page about an alert, at its sender or in a runbook. */
export interface AlertLink {
  readonly text: string;
  readonly href: string;
}

/** Parts of label names, most useful link first, and the texts of their links. */
const kinds: readonly (readonly [part: string, text: string])[] = [
  ["runbook", "Runbook"],
  ["dashboard", "Dashboard"],
  ["panel", "Panel"],
  ["generator", "Source"],
];

const mostLinks = 8;

/**
 * Returns the links in the labels of alerts without duplicates: runbooks first, then dashboards, then others. Only http
 * and https are links.
 */
export function linksOfAlerts(alerts: readonly Pick<Alert, "labels">[]): AlertLink[] {
  const found = new Map<string, AlertLink & { readonly rank: number }>();
  for (const { labels } of alerts) {
    for (const [name, value] of Object.entries(labels)) {
      const href = typeof value === "string" ? webAddress(value) : undefined;
      if (href === undefined || found.has(href)) continue;
      const rank = kinds.findIndex(([part]) => name.toLowerCase().includes(part));
      const text = kinds[rank]?.[1] ?? wordsOf(name);
      found.set(href, { text, href, rank: rank < 0 ? kinds.length : rank });
    }
  }
  return [...found.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostLinks)
    .map(({ text, href }) => ({ text, href }));
}

/** Returns the normalized address; undefined if the text is not one. */
function webAddress(text: string): string | undefined {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? new URL(text).href : undefined;
}

/** `annotations.client_url` is “Client”. */
function wordsOf(label: string): string {
  const words = (label.split(".").at(-1) ?? label)
    .replace(/(^|[_\s-])(url|uri|link|href)$/i, "")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return words === "" ? "Link" : words.slice(0, 1).toUpperCase() + words.slice(1, 40);
}
