import { limits } from "../limits.ts";
import { isWebAddress, type Link } from "../link.ts";
import { oneLine } from "../text/lines.ts";
import type { Alert } from "./alert.ts";

/** Parts of label names and of texts, most useful link first, and the texts of links without one. */
const kinds: readonly (readonly [part: string, text: string])[] = [
  ["runbook", "Runbook"],
  ["dashboard", "Dashboard"],
  ["panel", "Panel"],
  ["generator", "Source"],
  ["silence", "Silence"],
  ["image", "Image"],
];

/**
 * Returns the links in the labels of an alert without duplicates: runbooks first, then dashboards, then others. A label
 * is a link if its whole value is a web address. `links` and `images` are lists, as in events of PagerDuty.
 */
export function linksOfAlert({ labels }: Pick<Alert, "labels">): Link[] {
  const found = new Map<string, Link & { readonly rank: number }>();
  for (const [name, value] of Object.entries(labels)) {
    for (const { text, href: address } of typeof value === "string" ? linksIn(name, value) : []) {
      if (!isWebAddress(address)) continue;
      const { href } = new URL(address);
      const rank = kinds.findIndex(([part]) => `${name} ${text}`.toLowerCase().includes(part));
      const link = { text: text || kinds[rank]?.[1] || wordsOf(name), href };
      if (!found.has(href)) found.set(href, { ...link, rank: rank < 0 ? kinds.length : rank });
    }
  }
  return [...found.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ text, href }) => ({ text: text.slice(0, limits.linkTextLength).toWellFormed(), href }));
}

/** Returns the possible links of a label, with an empty text if they have none. */
function linksIn(name: string, value: string): Link[] {
  if (!/(^|\.)(links|images)$/i.test(name)) return [{ text: "", href: value }];
  return listIn(value).flatMap((item) => {
    if (typeof item !== "object" || item === null) return [];
    const { href, src, text, alt } = item as Readonly<Record<string, unknown>>;
    const address = [href, src].find((each) => typeof each === "string" && each !== "");
    const words = [text, alt].find((each) => typeof each === "string");
    return address === undefined ? [] : { text: oneLine(String(words ?? "")), href: String(address) };
  });
}

/** Returns the items of a list in JSON; none if it is no list, for example because its end is cut off. */
function listIn(json: string): unknown[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** `annotations.client_url` is “Client”. */
function wordsOf(label: string): string {
  const words = (label.split(".").at(-1) ?? label)
    .replace(/(^|[_\s-])(url|uri|link|href)$/i, "")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return words === "" ? "Link" : words.slice(0, 1).toUpperCase() + words.slice(1, 40);
}
