import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Elsewhere } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewer } from "../../site/viewer.ts";

/** Leads a viewer who may not act on an incident from the page of a form to the incident; null for others. */
export function unlessResponder(
  { may }: Pick<Viewer, "may">,
  { number, team }: Pick<Incident, "number" | "team">,
): Elsewhere | null {
  return may("respond", { team }) ? null : { redirectTo: pageHref("incident", { id: number }) };
}
