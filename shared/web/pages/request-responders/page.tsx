import { incidentParams } from "../../../contracts/incidents/params.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { readPaging } from "../../../use-cases/oncall/read-paging.ts";
import type { Directory } from "../../../use-cases/read-directory.ts";
import { unlessResponder } from "../../components/incident/unless-responder.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { RequestRespondersView } from "./view.tsx";

interface UseCases {
  readonly findIncident: Wired<typeof findIncident>;
  readonly readPaging: Wired<typeof readPaging>;
  /** Some seconds old. */
  readonly recentDirectory: (now: number) => Promise<{ readonly value: Directory }>;
}

/** Reads the incident, the people of its team, and the directory, which is shared for ten seconds. */
export const requestRespondersPage = page(
  { right: "respond", params: incidentParams },
  async ({ params, ...viewing }, { findIncident, readPaging, recentDirectory }: UseCases) => {
    const incident = await findIncident(params.id);
    const elsewhere = unlessResponder(viewing.viewer, incident);
    if (elsewhere) return elsewhere;
    const [{ people }, { value: directory }] = await Promise.all([
      readPaging(incident, viewing.now),
      recentDirectory(viewing.now),
    ]);
    return {
      title: `Request responders for #${incident.number}`,
      content: (
        <RequestRespondersView
          {...viewing}
          incident={incident}
          people={people}
          others={directory.users}
          teams={directory.teams}
        />
      ),
    };
  },
);
