import { type Incident, type IncidentStatus, incidentStatuses } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import type { IncidentStore } from "../ports/incidents.ts";

interface IncidentSearch {
  readonly statuses: readonly IncidentStatus[];
  readonly matches: (incident: Incident) => boolean;
  /** Minimum number of results; more may be returned. */
  readonly most: number;
}

interface FoundIncidents {
  /** Newest first. */
  readonly incidents: readonly Incident[];
  /** False if there may be more, because a search reads only a few pages. */
  readonly isComplete: boolean;
}

/** Pages of the service's latest incidents of any status. */
const pagesOfService = limits.candidatesPerPage / limits.pageSize;

/**
 * Searches the incidents of a service. Reads a page per unresolved status, then up to five pages of the
 * service's latest incidents as needed. The cost does not depend on other incidents of the platform.
 */
export async function searchIncidents(
  { incidents: store }: { readonly incidents: Pick<IncidentStore, "list"> },
  service: string,
  { statuses, matches, most }: IncidentSearch,
): Promise<FoundIncidents> {
  const found = new Map<string, Incident>();
  const add = (items: readonly Incident[]) => {
    for (const incident of items)
      if (statuses.includes(incident.status) && matches(incident)) found.set(incident.id, incident);
  };
  const unresolved = incidentStatuses.filter((each) => each !== "resolved" && statuses.includes(each));
  const pages = await Promise.all(
    unresolved.map((status) => store.list({ service, status }, { limit: limits.pageSize, after: null })),
  );
  for (const { items } of pages) add(items);
  let isComplete = !statuses.includes("resolved") && pages.every(({ next }) => next === null);
  let inOrder = 0;
  let after: string | null = null;
  for (let read = 0; !isComplete && inOrder < most && read < pagesOfService; read += 1) {
    const page = await store.list({ service }, { limit: limits.pageSize, after });
    add(page.items);
    inOrder += page.items.filter(({ id }) => found.has(id)).length;
    isComplete = page.next === null;
    after = page.next;
  }
  const newestFirst = [...found.values()].toSorted(
    (one, other) => other.createdAt - one.createdAt || other.number - one.number,
  );
  return { incidents: newestFirst, isComplete };
}
