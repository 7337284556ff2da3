import type { Incident } from "../../../domain/incidents/incident.ts";
import type { ServiceDetails } from "../../../use-cases/oncall/read-service.ts";
import { Detail } from "../../components/detail.tsx";
import { formatExactly } from "../../components/duration.ts";
import { IncidentRows } from "../../components/incident-rows.tsx";
import { Name } from "../../components/name.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { policyLines } from "../edit-policy/policy-labels.ts";
import { Who } from "../on-call/who.tsx";
import { ServiceForm } from "../services/service-form.tsx";

interface ServiceViewProps extends Viewing {
  readonly service: ServiceDetails;
  /** Unresolved incidents, the most urgent first. */
  readonly incidents: readonly Incident[];
  /** Number of unresolved incidents among the latest. */
  readonly total: number;
  /** Suggested teams. */
  readonly teams: readonly string[];
}

/** One service: its unresolved incidents, the team that is paged, and its settings. */
export function ServiceView({ service: details, incidents, total, teams, ...viewing }: ServiceViewProps) {
  const { name: service, settings, team, onCall } = details;
  const { mayWrite } = viewing.viewer;
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("services")}>Services</a>
      </p>
      <h1>
        <Name>{service}</Name>
      </h1>
      <nav class="pages" aria-label="Service">
        {mayWrite && <a href={pageHref("new-incident", { service })}>Declare incident</a>}
        <a href={pageHref("alerts", { service })}>Latest alerts</a>
        <a href={pageHref("incidents", { service, status: "all" })}>All incidents</a>
        <a href={pageHref("simulate", { service })}>Simulate alert</a>
        <a href={pageHref("routing")}>Routing rules</a>
        {mayWrite && <a href={pageHref("new-silence", { service })}>Silence alerts</a>}
      </nav>
      {onCall === null && (
        <p class="notice trouble" id="no-schedule">
          The team <bdi>{team}</bdi> has no schedule, so incidents of this service page the fallback address.{" "}
          {mayWrite && <a href={pageHref("new-schedule", { team })}>Create schedule</a>}
        </p>
      )}
      <div class="columns wide-first">
        <section aria-labelledby="unresolved">
          <h2 id="unresolved">Unresolved incidents</h2>
          {incidents.length === 0 ? (
            <p class="empty">
              No unresolved incidents.{" "}
              <a href={pageHref("incidents", { service, status: "all" })}>View all incidents</a> of this
              service.
            </p>
          ) : (
            <IncidentRows incidents={incidents} now={viewing.now} />
          )}
          {total > incidents.length && (
            <p>
              <a href={pageHref("incidents", { service })}>View all {total} unresolved incidents</a>
            </p>
          )}
        </section>
        <div>
          <Owner details={details} now={viewing.now} />
          {mayWrite && (
            <section>
              <ServiceForm viewing={viewing} name={service} settings={settings} team={team} teams={teams} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

/** The team that is paged, who that is now, and in which steps. */
function Owner({
  details: { settings, team, policy, onCall },
  now,
}: {
  readonly details: ServiceDetails;
  readonly now: number;
}) {
  const seconds = settings?.autoResolveSeconds ?? null;
  return (
    <section aria-labelledby="owner" class="panel">
      <h2 id="owner">Owner</h2>
      <dl class="details">
        <Detail name="Team">
          <a href={pageHref("team-on-call", { team })}>
            <Name>{team}</Name>
          </a>
        </Detail>
        <Detail name="Primary">{onCall ? <Who onCall={onCall.primary} /> : "Fallback address"}</Detail>
        {onCall && (
          <Detail name="Secondary">
            <Who onCall={onCall.secondary} mild />
          </Detail>
        )}
        <Detail name="Escalation">
          <ul>
            {policyLines(policy).map((line) => (
              <li>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </Detail>
        <Detail name="Auto-resolve">{seconds === null ? "Off" : `After ${formatExactly(seconds)}`}</Detail>
        <Detail name="Updated">
          {settings ? (
            <Ago at={settings.updatedAt} now={now} />
          ) : (
            "Not configured: the team follows from the name"
          )}
        </Detail>
      </dl>
    </section>
  );
}
