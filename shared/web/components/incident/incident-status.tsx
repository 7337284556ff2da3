import { type Incident, isSnoozed } from "../../../domain/incidents/incident.ts";
import { StatusMark } from "../marks.tsx";
import { Until } from "../time.tsx";

interface IncidentStatusProps {
  readonly incident: Incident;
  readonly now: number;
  /** True for a narrow column, which shows only the time of a snooze's end. */
  readonly short?: boolean;
}

/** Status of an incident, and the end of its snooze. One that was merged into another is no resolved problem. */
export function IncidentStatusMark({ incident, now, short = false }: IncidentStatusProps) {
  const { status, snoozedUntil, mergedInto } = incident;
  if (mergedInto !== undefined)
    return (
      <span class={`status ${status} merged`} title="Merged">
        <span aria-hidden="true">⤳</span> Merged
      </span>
    );
  if (!isSnoozed(incident) || snoozedUntil === undefined) return <StatusMark status={status} />;
  return (
    <span class={`status ${status} snoozed`} title="Snoozed">
      <span aria-hidden="true">◔</span>{" "}
      {short ? (
        <>
          <span class="hidden">Snoozed</span> Until
        </>
      ) : (
        "Snoozed until"
      )}{" "}
      <Until at={snoozedUntil} now={now} />
    </span>
  );
}
