import type { Child } from "hono/jsx";
import type * as z from "zod";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { accepts } from "../../../domain/incidents/incident-filter.ts";
import { count } from "../../../domain/text/count.ts";
import type { ReadUnresolved, Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import type { PageRequest } from "../../../use-cases/ports/page.ts";
import { isFiltered } from "../../components/is-filtered.ts";
import { downloadOf, firstRows, mostRows } from "../../site/downloads/download.ts";
import { isViewer } from "../../site/is-viewer.ts";
import { page, type Shown } from "../../site/page.ts";
import type { Viewer } from "../../site/viewer.ts";
import { incidentsQuery } from "./choice.ts";
import { incidentColumns } from "./columns.ts";
import { bySeverity, groupIncidents } from "./order.ts";
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

/** Unresolved incidents of a file: at most a read unit for each, and 30 for all counts. */
const everyUnresolved = { examined: mostRows, shown: mostRows, consistent: false };

/**
 * Unresolved incidents are grouped by severity, service or team. Those of one status, or all, are listed page by page,
 * newest first.
 */
export const incidentsPage = page(
  { query: incidentsQuery },
  async ({ query, page, cursor, headers, ...viewing }, { listIncidents, readUnresolved }: UseCases) => {
    const { status, assigned, group, sort } = query;
    const filter = filterOf(query);
    const choice = { ...filter, status, assigned, group, sort };
    const props = { ...viewing, choice, views: readViews(headers) };
    const filtered = isFiltered(filter);
    if (status !== undefined) {
      const [{ items, next }, counts] = await Promise.all([
        listIncidents(listedBy(query), page),
        readUnresolved(viewing.now, {
          ...(filtered ? filteredCounts : countsOnly),
          matches: accepts(filter),
        }),
      ]);
      const list = { incidents: items, first: page.after === null, next: cursor(next) };
      const tabs = tabCounts(counts, { isFiltered: filtered, isAssigned: false });
      return shown(<IncidentsView {...props} counts={tabs} list={list} />, counts, items.length === 0);
    }
    const unresolved = await readUnresolved(viewing.now, {
      ...triage,
      ...chosenBy(query, viewing.viewer),
    });
    const groups = groupIncidents(unresolved.top, unresolved.latest, group ?? "severity");
    const isNew =
      unresolved.open + unresolved.acknowledged === 0 &&
      (await listIncidents({}, { limit: 1, after: null })).items.length === 0;
    return shown(
      <IncidentsView
        {...props}
        counts={tabCounts(unresolved, { isFiltered: filtered, isAssigned: assigned !== undefined })}
        unresolved={{ ...unresolved, groups, isNew }}
      />,
      unresolved,
      unresolved.top.length === 0,
    );
  },
  {
    incidents: async ({ query, page, now, viewer }, { listIncidents, readUnresolved }) => {
      if (query.status !== undefined) {
        const list = (page: PageRequest) => listIncidents(listedBy(query), page);
        return downloadOf(incidentColumns, await firstRows(list, page));
      }
      const chosen = { ...everyUnresolved, ...chosenBy(query, viewer) };
      const { top, olderExist, more } = await readUnresolved(now, chosen);
      return downloadOf(incidentColumns, { items: top, isComplete: !olderExist && !more });
    },
  },
);

type Query = z.output<typeof incidentsQuery>;

function filterOf({ severity, urgency, service, team, text }: Query) {
  return { severity, urgency, service, team, text };
}

/** Filter of a list of one status, or of all. */
function listedBy(query: Query) {
  return { ...filterOf(query), status: query.status === "all" ? undefined : query.status };
}

/** Unresolved incidents that match the filter, in their order. */
function chosenBy({ sort, assigned, ...query }: Query, viewer: Viewer) {
  const isListed = accepts(filterOf(query));
  return {
    compare: bySeverity(sort ?? "newest"),
    matches: (incident: Incident) =>
      isListed(incident) && (assigned === undefined || isViewer(incident.assignedTo, viewer)),
  };
}

function shown(content: Child, { open }: Unresolved, isEmpty: boolean): Shown {
  return { title: count(open, "open incident"), everySeconds: 10, isEmpty, content };
}
