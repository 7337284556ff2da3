import type { Subject } from "../../../domain/access/decide.ts";
import type { Heartbeat } from "../../../domain/alerts/heartbeat.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import type { OwnerOfService } from "../../components/owner-of-service.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { CurrentHeartbeat } from "./current-heartbeat.ts";
import { HeartbeatMark, intervalText, PingTimes } from "./heartbeat-status.tsx";

interface HeartbeatsViewProps extends Viewing {
  readonly counts: AlertingCounts;
  readonly heartbeats: readonly CurrentHeartbeat[];
  readonly ownerOf: OwnerOfService;
  readonly first: boolean;
  readonly next: string | null;
}

/** Heartbeat monitors with their states, newest first. */
export function HeartbeatsView({
  counts,
  heartbeats,
  ownerOf,
  first,
  next,
  ...viewing
}: HeartbeatsViewProps) {
  return (
    <>
      <AlertTabs page="heartbeats" counts={counts} />
      <h1>Heartbeats</h1>
      <p class="lead">Jobs that ping after each run. When the pings stop, an incident opens.</p>
      {viewing.viewer.may("manage") && (
        <p class="actions">
          <a href={pageHref("new-heartbeat")}>Create heartbeat</a>
        </p>
      )}
      {heartbeats.length === 0 && first ? (
        <p class="empty">No heartbeats yet. Create one for a backup or another scheduled job.</p>
      ) : (
        <ul class="items">
          {heartbeats.map((current) => (
            <HeartbeatItem current={current} ownerOf={ownerOf} viewing={viewing} />
          ))}
        </ul>
      )}
      <ListPages page="heartbeats" first={first} next={next} />
    </>
  );
}

interface HeartbeatItemProps extends Pick<HeartbeatsViewProps, "ownerOf"> {
  readonly current: CurrentHeartbeat;
  readonly viewing: Viewing;
}

function HeartbeatItem({ current, ownerOf, viewing }: HeartbeatItemProps) {
  const { heartbeat, state } = current;
  const { id, name, service } = heartbeat;
  return (
    <li class="item" id={id}>
      <div>
        <p>
          <a href={pageHref("heartbeat", { id })} class="name clamped">
            <bdi>{name}</bdi>
          </a>
        </p>
        <p class="about">
          <HeartbeatMark state={state} />
          <PingTimes current={current} now={viewing.now} />
        </p>
        <p class="about">
          <span class="clamped">
            <bdi>{service}</bdi>
          </span>
          <span>{capitalize(intervalText(heartbeat))}</span>
        </p>
      </div>
      {viewing.viewer.may("manage", subjectOf(heartbeat, ownerOf)) && (
        <PauseForm current={current} viewing={viewing} />
      )}
    </li>
  );
}

/** Returns the team of a monitor, or the owner of its service. */
export function subjectOf({ team, service }: Heartbeat, ownerOf: OwnerOfService): Subject {
  return { team: team ?? ownerOf(service) };
}

/** Button that pauses or resumes a monitor. */
export function PauseForm({ current: { heartbeat }, viewing }: Omit<HeartbeatItemProps, "ownerOf">) {
  const { id, name, paused } = heartbeat;
  const verb = paused ? "Resume" : "Pause";
  return (
    <ActionForm action="change-heartbeat" params={{ id }} viewing={viewing} class="button-row">
      <button type="submit" name="change" value={paused ? "resume" : "pause"} aria-label={`${verb} ${name}`}>
        {verb}
      </button>
    </ActionForm>
  );
}
