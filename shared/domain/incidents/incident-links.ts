import { limits } from "../limits.ts";
import type { Link } from "../link.ts";
import type { Incident } from "./incident.ts";

/**
 * Adds links to those of an incident: the new ones, in order, as far as there is room for them. The same incident is
 * returned if none is added.
 */
export function withLinks<T extends Pick<Incident, "links">>(incident: T, links: readonly Link[]): T {
  const all = [...(incident.links ?? [])];
  let length = all.reduce((sum, link) => sum + lengthOf(link), 0);
  for (const link of links) {
    if (all.length === limits.incidentLinks) break;
    if (all.some(({ href }) => href === link.href)) continue;
    if (length + lengthOf(link) > limits.incidentLinksLength) continue;
    all.push(link);
    length += lengthOf(link);
  }
  return all.length === (incident.links?.length ?? 0) ? incident : { ...incident, links: all };
}

function lengthOf({ text, href }: Link): number {
  return text.length + href.length;
}
