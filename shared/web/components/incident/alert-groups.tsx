import { sha256 } from "../../../crypto/sha256.ts";
import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { type AlertGroup, groupAlerts } from "../../../domain/alerts/alert-groups.ts";
import { count } from "../../../domain/text/count.ts";
import { pageHref } from "../../site/routes.ts";
import { Detail } from "../detail.tsx";
import { SeverityMark } from "../marks.tsx";
import { Ago, Moment } from "../time.tsx";
import { Sparkline } from "./sparkline.tsx";

interface AlertGroupsProps {
  /** Alerts of the incident, newest first. */
  readonly alerts: readonly RecordedAlert[];
  /** Number of all its alerts. */
  readonly total: number;
  readonly now: number;
  /** The incident, whose alerts a link lists. Absent on pages without links to others. */
  readonly incidentId?: string;
}

/** Alerts of an incident, grouped by content. */
export function AlertGroups({ alerts, total, now, incidentId }: AlertGroupsProps) {
  const groups = groupAlerts(alerts);
  const times = alerts.map(({ receivedAt }) => receivedAt);
  const range = { from: Math.min(...times), to: Math.max(...times) };
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">
        Alerts <span class="count">{total}</span>
      </h2>
      {total === 0 && <p class="quiet">No alerts. A person declared this incident.</p>}
      {alerts.length < total && (
        <p class="quiet">
          Grouped from the latest {alerts.length} of {total}.{" "}
          {incidentId !== undefined && (
            <a href={pageHref("alerts", { incident_id: incidentId })}>View all alerts</a>
          )}
        </p>
      )}
      {groups.map((group) => (
        <Group group={group} range={range} now={now} linked={incidentId !== undefined} />
      ))}
    </section>
  );
}

interface GroupProps {
  readonly group: AlertGroup;
  readonly range: { readonly from: number; readonly to: number };
  readonly now: number;
  readonly linked: boolean;
}

function Group({ group: { latest, times }, range, now, linked }: GroupProps) {
  const { id, severity, message, action, source } = latest;
  const first = times.at(-1) ?? latest.receivedAt;
  // The same group after a refresh, which keeps it open.
  const key = sha256(JSON.stringify([action, severity, message, source])).slice(0, 16);
  return (
    <details class="alert" id={`alerts-${key}`}>
      <summary>
        <span class="alert-message">
          <SeverityMark severity={severity} /> {action !== "trigger" && <b>{action} </b>}
          <bdi>{message}</bdi>
        </span>
        <span class="alert-times quiet">
          {times.length > 1 && (
            <>
              <strong>×{times.length}</strong>{" "}
              <Sparkline times={times} {...range} label={`${count(times.length, "alert")} over time`} />{" "}
            </>
          )}
          <Ago at={latest.receivedAt} now={now} />
        </span>
      </summary>
      <dl class="details">
        <Detail name={times.length > 1 ? "Latest" : "Received"}>
          <Moment at={latest.receivedAt} />
        </Detail>
        {times.length > 1 && (
          <Detail name="First">
            <Moment at={first} />
          </Detail>
        )}
        <Detail name="Source">
          <bdi>{source}</bdi>
        </Detail>
        {Object.entries(latest.labels).map(([name, value]) => (
          <Detail name={name}>
            <bdi>{String(value)}</bdi>
          </Detail>
        ))}
      </dl>
      {linked && (
        <p>
          <a href={pageHref("alert", { id })}>{times.length > 1 ? "View the latest alert" : "View alert"}</a>
        </p>
      )}
    </details>
  );
}
