import type { Child } from "hono/jsx";
import { accepts } from "../../../domain/incidents/incident-filter.ts";
import type { ReadUnresolved, Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import { count } from "../../components/count.ts";
import { isViewer } from "../../site/is-viewer.ts";
import { page, type Shown } from "../../site/page.ts";
import { incidentsQuery } from "./choice.ts";
import { bySeverity, groupsOf } from "./order.ts";
import { readViews } from "./saved-views.ts";
import { tabCounts } from "./tab-counts.ts";
import { IncidentsView } from "./view.tsx";

interface UseCases {
  readonly listIncidents: IncidentStore["list"];
  readonly readUnresolved: ReadUnresolved;
}

/** Unresolved incidents in order of urgency: at most 100 of the latest 200, 150 read units with all counts. */
const triage = { examined: 200, shown: 100, consistent: false };
/** Counts of the tabs: half a read unit per thirty incidents, and with a filter half a unit for each of the latest 200. */
const countsOnly = { examined: 0, shown: 0, consistent: false };
const filteredCounts = { ...countsOnly, examined: triage.examined };

/**
 * Unresolved incidents are grouped by severity, service or team. Those of one status, or all, are listed page by page,
 * newest first.
 */
export const incidentsPage = page(
  { query: incidentsQuery },
  async ({ query, page, cursor, headers, ...viewing }, { listIncidents, readUnresolved }: UseCases) => {
    const { status, severity, service, team, text, assigned, group, sort } = query;
    const filter = { severity, service, team, text };
    const choice = { ...filter, status, assigned, group, sort };
    const props = { ...viewing, choice, views: readViews(headers) };
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    const isListed = accepts(filter);
    if (status !== undefined) {
      const [{ items, next }, counts] = await Promise.all([
        listIncidents({ ...filter, status: status === "all" ? undefined : status }, page),
        readUnresolved(viewing.now, { ...(isFiltered ? filteredCounts : countsOnly), matches: isListed }),
      ]);
      const list = { incidents: items, first: page.after === null, next: cursor(next) };
      const tabs = tabCounts(counts, { isFiltered, isAssigned: false });
      return shown(<IncidentsView {...props} counts={tabs} list={list} />, counts);
    }
    const unresolved = await readUnresolved(viewing.now, {
      ...triage,
      compare: bySeverity(sort ?? "newest"),
      matches: (incident) =>
        isListed(incident) && (assigned === undefined || isViewer(incident.assignedTo, viewing.viewer)),
    });
    const groups = groupsOf(unresolved.worst, unresolved.latest, group ?? "severity");
    const isNew =
      unresolved.open + unresolved.acknowledged === 0 &&
      (await listIncidents({}, { limit: 1, after: null })).items.length === 0;
    return shown(
      <IncidentsView
        {...props}
        counts={tabCounts(unresolved, { isFiltered, isAssigned: assigned !== undefined })}
        unresolved={{ ...unresolved, groups, isNew }}
      />,
      unresolved,
    );
  },
);

function shown(content: Child, { open }: Unresolved): Shown {
  return { title: count(open, "open incident"), everySeconds: 10, content };
}
