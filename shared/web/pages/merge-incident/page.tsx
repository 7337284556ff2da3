import * as z from "zod";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { unlessResponder } from "../../components/incident/unless-responder.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { MergeIncidentView } from "./view.tsx";

interface UseCases {
  readonly findIncident: Wired<typeof findIncident>;
  readonly readUnresolved: ReadUnresolved;
}

const query = z.object({ q: z.string().trim().max(limits.titleLength).default("") });

/** At most 100 read units once in ten seconds, and one per incident shown. */
const search = { examined: 200, shown: 20, consistent: false };

/** Finds the unresolved incident that an incident is merged into, by number, title, service or team. */
export const mergeIncidentPage = page(
  { right: "respond", params: incidentParams, query },
  async ({ params, query: { q }, ...viewing }, { findIncident, readUnresolved }: UseCases) => {
    const incident = await findIncident(params.id);
    const elsewhere = unlessResponder(viewing.viewer, incident);
    if (elsewhere) return elsewhere;
    const { top: found, olderExist } = await readUnresolved(viewing.now, {
      ...search,
      matches: (other) =>
        other.id !== incident.id &&
        viewing.viewer.may("respond", { team: other.team }) &&
        isFoundBy(q, other),
      compare: (a, b) => closeness(b, incident) - closeness(a, incident) || b.createdAt - a.createdAt,
    });
    return {
      title: `Merge #${incident.number}`,
      content: <MergeIncidentView {...viewing} {...{ incident, q, found, olderExist }} />,
    };
  },
);

function isFoundBy(q: string, { number, title, service, team }: Incident): boolean {
  const text = q.toLowerCase();
  const searched = text.replace(/^#/, "");
  return `${number}` === searched || [title, service, team].some((each) => each.toLowerCase().includes(text));
}

/** Sorts incidents of the same service first, then those of the same team. */
function closeness({ service, team }: Incident, incident: Incident): number {
  return service === incident.service ? 2 : Number(team === incident.team);
}
