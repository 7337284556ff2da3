import { incidentParams } from "../../../contracts/incidents/params.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { Directory } from "../../../use-cases/read-directory.ts";
import { unlessResponder } from "../../components/incident/unless-responder.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { MoveIncidentView } from "./view.tsx";

interface UseCases {
  readonly findIncident: Wired<typeof findIncident>;
  /** Some seconds old. */
  readonly recentDirectory: (now: number) => Promise<{ readonly value: Directory }>;
}

/** Reads the incident and the directory, which is shared for ten seconds. */
export const moveIncidentPage = page(
  { right: "respond", params: incidentParams },
  async ({ params, ...viewing }, { findIncident, recentDirectory }: UseCases) => {
    const incident = await findIncident(params.id);
    const elsewhere = unlessResponder(viewing.viewer, incident);
    if (elsewhere) return elsewhere;
    const { services, teams } = (await recentDirectory(viewing.now)).value;
    return {
      title: `Move #${incident.number}`,
      content: <MoveIncidentView {...viewing} {...{ incident, services, teams }} />,
    };
  },
);
