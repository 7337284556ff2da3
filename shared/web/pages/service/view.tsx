import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Integration } from "../../../domain/integrations/integration.ts";
import { linksOfService, newService } from "../../../domain/oncall/service.ts";
import { typeNamed } from "../../../integrations/registry.ts";
import type { ServiceDetails } from "../../../use-cases/oncall/services/read-service.ts";
import { Detail } from "../../components/detail.tsx";
import { formatExactly } from "../../components/duration.ts";
import { IncidentRows } from "../../components/incident/incident-rows.tsx";
import { LinkButtons } from "../../components/incident/link-buttons.tsx";
import { Name } from "../../components/name.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { policyLines } from "../edit-policy/policy-labels.ts";
import { Who } from "../on-call/who.tsx";
import { urgencyLines } from "./urgency-lines.ts";

interface ServiceViewProps extends Viewing {
  readonly service: ServiceDetails;
  /** Unresolved incidents, the most urgent first. */
  readonly incidents: readonly Incident[];
  /** Number of unresolved incidents among the latest. */
  readonly total: number;
  /** Integrations whose events it gets. */
  readonly integrations: readonly Integration[];
  /** True if there are older integrations, which are not searched. */
  readonly moreIntegrations: boolean;
}

/** One service: its links, unresolved incidents and integrations, the team that is paged, and its settings. */
export function ServiceView({
  service: details,
  incidents,
  total,
  integrations,
  moreIntegrations,
  ...viewing
}: ServiceViewProps) {
  const { name: service, settings, team, onCall } = details;
  const { may } = viewing.viewer;
  // One without settings may be given to any team.
  const mayManage = may("manage", { team: settings?.team });
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("services")}>Services</a>
      </p>
      <h1>
        <Name>{service}</Name>
      </h1>
      {settings && settings.description !== null && (
        <p class="lead">
          <bdi class="text">{settings.description}</bdi>
        </p>
      )}
      {settings && <LinkButtons links={linksOfService(settings)} />}
      <nav class="pages" aria-label="Service">
        {mayManage && <a href={pageHref("edit-service", { service })}>Edit service</a>}
        {may("respond", { team }) && (
          <a href={pageHref("new-incident", { service })}>Declare incident for this service</a>
        )}
        <a href={pageHref("alerts", { service })}>Latest alerts</a>
        <a href={pageHref("incidents", { service, status: "all" })}>All incidents</a>
        <a href={pageHref("simulate", { service })}>Simulate alert</a>
        <a href={pageHref("routing")}>Routing rules</a>
        {may("manage", { team: settings?.team ?? service }) && (
          <a href={pageHref("new-silence", { service })}>Silence alerts</a>
        )}
      </nav>
      {onCall === null && (
        <p class="notice trouble" id="no-schedule">
          The team <bdi>{team}</bdi> has no schedule, so incidents of this service page the fallback address.{" "}
          {may("manage", { team }) && <a href={pageHref("new-schedule", { team })}>Create schedule</a>}
        </p>
      )}
      <div class="columns wide-first">
        <div>
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
          <Integrations
            integrations={integrations}
            moreIntegrations={moreIntegrations}
            mayCreate={mayManage}
          />
        </div>
        <div>
          <Owner details={details} now={viewing.now} />
          <Handling settings={settings} />
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
        <Detail name="Updated">
          {settings ? (
            <Ago at={settings.updatedAt} now={now} />
          ) : (
            "Not configured. The team of the same name owns it, or the default team."
          )}
        </Detail>
      </dl>
    </section>
  );
}

function Integrations({
  integrations,
  moreIntegrations,
  mayCreate,
}: Pick<ServiceViewProps, "integrations" | "moreIntegrations"> & { readonly mayCreate: boolean }) {
  return (
    <section aria-labelledby="integrations">
      <h2 id="integrations">Integrations</h2>
      {integrations.length === 0 ? (
        <p class="empty">
          No integrations send alerts to this service.{" "}
          {mayCreate && <a href={pageHref("integrations")}>Create integration</a>}
        </p>
      ) : (
        <ul class="items">
          {integrations.map(({ id, name, type }) => (
            <li class="item">
              <div>
                <a href={pageHref("integration", { id })}>
                  <Name>{name}</Name>
                </a>
                <p class="about">{typeNamed(type)?.title ?? type}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {moreIntegrations && (
        <p class="quiet">
          Of the latest integrations. <a href={pageHref("integrations")}>View all integrations</a>
        </p>
      )}
    </section>
  );
}

/** Settings that decide how incidents are handled. */
function Handling({ settings }: Pick<ServiceDetails, "settings">) {
  const { autoResolveSeconds, acknowledgementTimeoutSeconds, urgency } = settings ?? newService;
  const after = (seconds: number | null) => (seconds === null ? "Off" : `After ${formatExactly(seconds)}`);
  return (
    <section aria-labelledby="handling" class="panel">
      <h2 id="handling">Incident handling</h2>
      <dl class="details">
        <Detail name="Urgency">
          <ul>
            {urgencyLines(urgency).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Detail>
        <Detail name="Auto-resolve">{after(autoResolveSeconds)}</Detail>
        <Detail name="Reopen">
          {after(acknowledgementTimeoutSeconds)}
          {acknowledgementTimeoutSeconds !== null && " acknowledged"}
        </Detail>
      </dl>
    </section>
  );
}
