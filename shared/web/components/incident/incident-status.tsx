import { type Incident, isSnoozed } from "../../../domain/incidents/incident.ts";
import { StatusMark } from "../marks.tsx";
import { Until } from "../time.tsx";

/** Status of an incident, and the end of its snooze. */
export function IncidentStatusMark({ incident, now }: { readonly incident: Incident; readonly now: number }) {
  const { status, snoozedUntil } = incident;
  if (!isSnoozed(incident) || snoozedUntil === undefined) return <StatusMark status={status} />;
  return (
    <span class={`status ${status} snoozed`}>
      <span aria-hidden="true">◔</span> Snoozed until <Until at={snoozedUntil} now={now} />
    </span>
  );
}
