import type { Incident } from "../../../domain/incidents/incident.ts";
import { pageHref } from "../../site/routes.ts";

/** Leads from the page of an action back to its incident. */
export function IncidentCrumbs({ incident: { number } }: { readonly incident: Incident }) {
  return (
    <p class="crumbs">
      <a href={pageHref("incidents")}>Incidents</a> <span aria-hidden="true">›</span>{" "}
      <a href={pageHref("incident", { id: number })}>#{number}</a>
    </p>
  );
}
