import { currentStatus } from "../../domain/incidents/current-status.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { formatAgo } from "./duration.ts";
import { SeverityMark, StatusMark } from "./marks.tsx";
import { Moment } from "./time.tsx";

/** Details and status of an incident. User-supplied text is isolated, so that it keeps its own direction. */
export function IncidentDetails({ incident, now }: { readonly incident: Incident; readonly now: number }) {
  const { title, service, team, severity } = incident;
  const { status, since, by } = currentStatus(incident);
  return (
    <>
      <p class="subject">
        <bdi>{title}</bdi>
      </p>
      <dl class="details">
        <dt>Severity</dt>
        <dd>
          <SeverityMark severity={severity} />
        </dd>
        <dt>Status</dt>
        <dd>
          <StatusMark status={status} /> <By actor={by} />
        </dd>
        <dt>Since</dt>
        <dd>
          <Moment at={since} /> ({formatAgo(now - since)})
        </dd>
        <dt>Service</dt>
        <dd>
          <bdi>{service}</bdi>
        </dd>
        <dt>Team</dt>
        <dd>
          <bdi>{team}</bdi>
        </dd>
      </dl>
    </>
  );
}

/** The actor of an action, if known. */
export function By({ actor }: { readonly actor: string | null }) {
  if (actor === null) return null;
  return (
    <>
      by <bdi>{actor}</bdi>
    </>
  );
}
