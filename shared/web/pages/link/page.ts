import { presentTimelineEntry } from "../../../contracts/incidents/timeline.ts";
import { MethodNotAllowed } from "../../../http/errors.ts";
import type { Link } from "../../../http/links.ts";
import type { findIncident } from "../../../use-cases/incidents/find-incident.ts";
import type { readHistory } from "../../../use-cases/incidents/read-incident.ts";
import type { respondToIncident } from "../../../use-cases/incidents/respond-to-incident.ts";
import type { Shown } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { confirmView, incidentView, resultView } from "./view.tsx";

const linesShown = 20;

interface LinkRequest {
  readonly params: { readonly token: string };
  /** Epoch milliseconds. */
  readonly now: number;
}

interface OpenLink {
  /** Reads a token. Throws for one that is expired or not signed. */
  readonly openLink: (token: string, now: number) => Promise<Link>;
}

interface ShowUseCases extends OpenLink {
  readonly findIncident: Wired<typeof findIncident>;
  readonly readHistory: Wired<typeof readHistory>;
}

interface FollowUseCases extends OpenLink {
  readonly respondToIncident: Wired<typeof respondToIncident>;
}

/** Shows what a link does. Changes nothing. */
export async function showLink(
  { params: { token }, now }: LinkRequest,
  { openLink, findIncident, readHistory }: ShowUseCases,
): Promise<Shown> {
  const { incidentId, action, actor } = await openLink(token, now);
  const incident = await findIncident(incidentId);
  if (action !== "view") return confirmView({ incident, action, actor, now });
  const { timeline } = await readHistory(incident);
  const latest = timeline
    .slice(-linesShown)
    .toReversed()
    .map((entry) => ({ at: entry.at, message: presentTimelineEntry(entry).message }));
  return incidentView({ incident, timeline: latest, now });
}

/** Executes the action of a link. */
export async function followLink(
  { params: { token }, now }: LinkRequest,
  { openLink, respondToIncident }: FollowUseCases,
): Promise<Shown> {
  const { incidentId, action, actor } = await openLink(token, now);
  if (action === "view") throw new MethodNotAllowed("POST", ["GET"]);
  const { outcome, incident } = await respondToIncident(incidentId, action, actor, now);
  return resultView({ incident, outcome, action, now });
}
