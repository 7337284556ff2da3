import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { IncidentLink } from "../../components/incident/incident-link.tsx";
import { pageHref } from "../../site/routes.ts";
import { outcomeText } from "../alerts/outcome-labels.ts";

/** The alert of a test event; null until it is processed. */
export interface TestEvent {
  readonly alert: RecordedAlert | null;
  readonly incident: Incident | null;
}

/** Result of a test event: its alert, and the incident that it belongs to. */
export function TestResult({ alert, incident }: TestEvent) {
  return (
    <section class="notice" id="test-result" aria-labelledby="test-result-title">
      <h2 id="test-result-title">Test event</h2>
      {alert === null ? (
        <p>Sent. Waiting for its alert…</p>
      ) : (
        <>
          <p>
            Received as{" "}
            <a href={pageHref("alert", { id: alert.id })}>
              <bdi>{alert.message}</bdi>
            </a>
          </p>
          <p>
            {outcomeText(alert)} {incident && <IncidentLink incident={incident} />}
          </p>
        </>
      )}
    </section>
  );
}
