import type { Incident } from "../../../domain/incidents/incident.ts";
import { pageHref } from "../../site/routes.ts";
import { StatusMark } from "../marks.tsx";
import { shortTitle } from "./incident-rows.tsx";

/** Link to an incident with its status. */
export function IncidentLink({ incident }: { readonly incident: Incident }) {
  const { number, status } = incident;
  return (
    <>
      <a href={pageHref("incident", { id: number })}>
        #{number} <bdi>{shortTitle(incident)}</bdi>
      </a>{" "}
      <StatusMark status={status} />
    </>
  );
}
