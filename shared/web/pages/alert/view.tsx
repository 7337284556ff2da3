import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { LabelValue } from "../../components/alerts/label-value.tsx";
import { RawJson } from "../../components/copyable.tsx";
import { Detail } from "../../components/detail.tsx";
import { IncidentLink } from "../../components/incident/incident-link.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { Ago, Second } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { outcomeText } from "../alerts/outcome-labels.ts";

interface AlertViewProps extends Viewing {
  readonly alert: RecordedAlert;
  /** The incident that it belongs to. */
  readonly incident: Incident | null;
  /** Team that owns its service; undefined if that is not known. */
  readonly owner: string | undefined;
  /** The API's representation. */
  readonly resource: unknown;
}

/** One alert and its outcome. */
export function AlertView({ alert, incident, owner, resource, now, viewer }: AlertViewProps) {
  const { id, message, severity, action, receivedAt } = alert;
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("alerts")}>Alerts</a> <span aria-hidden="true">›</span> {id}
      </p>
      <h1 class="incident-title">
        <bdi>{message}</bdi>
      </h1>
      <p class="current-status">
        <SeverityMark severity={severity} /> <b>{action}</b> received <Ago at={receivedAt} now={now} />
      </p>
      <p class="quote">
        {outcomeText(alert)} {incident && <IncidentLink incident={incident} />}
        {alert.releasedAs !== undefined && (
          <a href={pageHref("alert", { id: alert.releasedAs })}>another alert</a>
        )}
      </p>
      {viewer.may("manage", { team: owner }) && (
        <p class="actions">
          <a href={pageHref("new-silence", { alert: id })}>Silence similar alerts</a>{" "}
          {viewer.may("manage", { team: null }) && (
            <a href={pageHref("routing", { alert: id })}>Create routing rule from this alert</a>
          )}
        </p>
      )}
      <div class="columns">
        <div>
          <Labels labels={alert.labels} />
          <RawJson value={resource} />
        </div>
        <div>
          <Details alert={alert} />
        </div>
      </div>
    </>
  );
}

function Labels({ labels }: Pick<RecordedAlert, "labels">) {
  const all = Object.entries(labels);
  return (
    <section aria-labelledby="labels">
      <h2 id="labels">
        Labels <span class="count">{all.length}</span>
      </h2>
      {all.length === 0 ? (
        <p class="quiet">No labels.</p>
      ) : (
        <table class="pairs">
          <thead class="hidden">
            <tr>
              <th scope="col">Label</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {all.map(([name, value]) => (
              <tr>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>
                  <LabelValue value={String(value)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Details({ alert }: { readonly alert: RecordedAlert }) {
  const { service, source, dedupKey, timestamp, receivedAt } = alert;
  return (
    <dl class="details">
      <Detail name="Service">
        <a href={pageHref("alerts", { service })}>
          <bdi>{service}</bdi>
        </a>
      </Detail>
      <Detail name="Source">
        <bdi>{source}</bdi>
      </Detail>
      <Detail name="Timestamp">
        <Second at={timestamp} /> <span class="quiet">by the sender's clock</span>
      </Detail>
      <Detail name="Received">
        <Second at={receivedAt} />
      </Detail>
      <Detail name="Dedup key">
        {dedupKey === null ? (
          <span class="quiet">None (correlated by service and severity)</span>
        ) : (
          <code>
            <bdi>{dedupKey}</bdi>
          </code>
        )}
      </Detail>
    </dl>
  );
}
