import { costOf, type IncidentCost } from "../../../domain/incidents/cost.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Paging } from "../../../use-cases/oncall/read-paging.ts";
import { Detail } from "../../components/detail.tsx";
import { AlertGroups } from "../../components/incident/alert-groups.tsx";
import { IncidentHeading } from "../../components/incident/incident-heading.tsx";
import { IncidentTimeline } from "../../components/incident/incident-timeline.tsx";
import { LinkButtons } from "../../components/incident/link-buttons.tsx";
import { PagingState } from "../../components/incident/paging-state.tsx";
import { ServiceChanges } from "../../components/incident/service-changes.tsx";
import { Ago, Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import { IncidentActions } from "./actions-view.tsx";
import type { IncidentViewProps } from "./props.ts";

/** One incident: its actions, status, paging, alerts, changes to its service and timeline. */
export function IncidentView(props: IncidentViewProps) {
  const { incident, alerts, changes, timeline, paging, now, markup } = props;
  const { id, number, service, team, alertCount, description } = incident;
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("incidents")}>Incidents</a> <span aria-hidden="true">›</span> #{number}
      </p>
      <IncidentHeading incident={incident} now={now}>
        <span>
          <a href={pageHref("service", { service })}>
            <bdi>{service}</bdi>
          </a>{" "}
          · <Team team={team} paging={paging} />
        </span>
      </IncidentHeading>
      <MergeNotice incident={incident} timeline={timeline} />
      <IncidentActions {...props} />
      <LinkButtons links={incident.links} />
      <div class="columns">
        <div>
          <PagingState incident={incident} timeline={timeline} next={paging.next} now={now} />
          <Responders incident={incident} now={now} />
          {description !== null && (
            <section aria-labelledby="description">
              <h2 id="description">Description</h2>
              {markup(description)}
            </section>
          )}
          <AlertGroups alerts={alerts} total={alertCount} now={now} incidentId={id} />
          <ServiceChanges changes={changes} now={now} />
          <Details incident={incident} cost={costOf(incident, timeline)} now={now} />
        </div>
        <section aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          <IncidentTimeline timeline={timeline} now={now} markup={markup} />
        </section>
      </div>
    </>
  );
}

/** Leads to the incident that an incident was merged into. */
function MergeNotice({ incident, timeline }: Pick<IncidentViewProps, "incident" | "timeline">) {
  const { mergedInto } = incident;
  if (mergedInto === undefined) return null;
  const merge = timeline.flatMap((entry) =>
    entry.kind === "event" && entry.event.type === "merged" ? entry.event.into.number : [],
  );
  return (
    <p class="notice">
      Merged into{" "}
      <a href={pageHref("incident", { id: mergedInto })}>
        {merge.length > 0 ? `incident #${merge.at(-1)}` : "another incident"}
      </a>
      , which its alerts belong to.
    </p>
  );
}

/** People who were asked to help, and their answers. */
function Responders({ incident: { responders = [] }, now }: Pick<IncidentViewProps, "incident" | "now">) {
  if (responders.length === 0) return null;
  return (
    <section aria-labelledby="responders">
      <h2 id="responders">Responders</h2>
      <ul class="spread-list">
        {responders.map(({ name, email, askedAt, answeredAt }) => (
          <li>
            <span>
              <bdi>{name}</bdi> {email !== name && <bdi class="quiet">{email}</bdi>}
            </span>
            <span class={answeredAt === null ? "quiet" : ""}>
              {answeredAt === null ? (
                <>
                  asked <Ago at={askedAt} now={now} />, no answer
                </>
              ) : (
                <>
                  answered <Ago at={answeredAt} now={now} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A team links to its page if it has a schedule. */
function Team({ team, paging: { people } }: { readonly team: string; readonly paging: Paging }) {
  const name = <bdi>{team}</bdi>;
  return people.length > 0 ? <a href={pageHref("team-on-call", { team })}>{name}</a> : name;
}

interface DetailsProps {
  readonly incident: Incident;
  readonly cost: IncidentCost;
  readonly now: number;
}

function Details({ incident, cost, now }: DetailsProps) {
  const { number, assignedTo, createdAt, source, dedupKey } = incident;
  return (
    <section aria-labelledby="details">
      <h2 id="details">Details</h2>
      <dl class="details">
        <Detail name="Assigned to">
          {assignedTo === null ? (
            "No one"
          ) : (
            <>
              <bdi>{assignedTo.name}</bdi>
              {assignedTo.email !== assignedTo.name && <span class="quiet"> {assignedTo.email}</span>}
            </>
          )}
        </Detail>
        <Detail name="Opened">
          <Moment at={createdAt} />, <Ago at={createdAt} now={now} />
        </Detail>
        <Detail name="Notifications">
          <a href={pageHref("notifications", { incident: number })}>View notifications</a>
        </Detail>
        <Detail name="Source">
          <bdi>{source}</bdi>
        </Detail>
        <Detail name="Cost">
          {dollars(cost.usd)}{" "}
          <span class="quiet">
            {cost.writeUnits} write units, {cost.readUnits} read units, {cost.requests} requests
          </span>
        </Detail>
        {dedupKey !== null && (
          <Detail name="Dedup key">
            <code>
              <bdi>{dedupKey}</bdi>
            </code>
          </Detail>
        )}
      </dl>
    </section>
  );
}

/** Formats a small amount with two significant digits. */
function dollars(usd: number): string {
  return usd.toLocaleString("en-US", { style: "currency", currency: "USD", maximumSignificantDigits: 2 });
}
