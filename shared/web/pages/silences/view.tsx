import type { Subject } from "../../../domain/access/decide.ts";
import { inForceUntil, type Silence, serviceSilenced, silenceState } from "../../../domain/alerts/silence.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { MatcherList } from "../../components/alerts/matcher-list.tsx";
import { capitalize } from "../../components/capitalize.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import type { OwnerOfService } from "../../components/owner-of-service.ts";
import { Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface SilencesViewProps extends Viewing {
  readonly counts: AlertingCounts;
  readonly silences: readonly Silence[];
  readonly ownerOf: OwnerOfService;
  readonly first: boolean;
  readonly next: string | null;
}

/** Silences and maintenance windows, newest first. */
export function SilencesView({ counts, silences, ownerOf, first, next, ...viewing }: SilencesViewProps) {
  const { viewer } = viewing;
  return (
    <>
      <AlertTabs page="silences" counts={counts} />
      <h1>Silences</h1>
      <p class="lead">
        Matching alerts open no incidents and page no one. Alerts that still fire at the end page within a
        minute.
      </p>
      {viewer.may("manage") && (
        <p class="actions">
          <a href={pageHref("new-silence")}>Create silence</a>
        </p>
      )}
      {silences.length === 0 && first ? (
        <p class="empty">No silences yet. Create one before planned maintenance.</p>
      ) : (
        <ul class="items">
          {silences.map((silence) => (
            <SilenceItem silence={silence} ownerOf={ownerOf} viewing={viewing} />
          ))}
        </ul>
      )}
      <ListPages page="silences" first={first} next={next} />
    </>
  );
}

interface SilenceItemProps extends Pick<SilencesViewProps, "ownerOf"> {
  readonly silence: Silence;
  readonly viewing: Viewing;
}

function SilenceItem({ silence, ownerOf, viewing }: SilenceItemProps) {
  const { id, matchers, comment, createdBy } = silence;
  const state = silenceState(silence, viewing.now);
  return (
    <li class="item" id={id}>
      <div>
        <p class="name">
          <bdi>{comment}</bdi>
        </p>
        <p class="about">
          <b>{capitalize(state)}</b>
          <Times silence={silence} now={viewing.now} />
          {createdBy !== null && (
            <span>
              Created by <bdi>{createdBy}</bdi>
            </span>
          )}
        </p>
        <MatcherList matchers={matchers} />
      </div>
      {viewing.viewer.may("manage", subjectOf(silence, ownerOf)) && state !== "expired" && (
        <Buttons silence={silence} viewing={viewing} />
      )}
    </li>
  );
}

/** Returns the owner of the service that a silence is for. Others belong to no team. */
function subjectOf({ matchers }: Silence, ownerOf: OwnerOfService): Subject {
  const service = serviceSilenced(matchers);
  return { team: service === undefined ? null : ownerOf(service) };
}

function Times({ silence, now }: { readonly silence: Silence; readonly now: number }) {
  const { startsAt, endsAt, windows } = silence;
  if (endsAt <= now)
    return (
      <span>
        Ended <Moment at={endsAt} />
      </span>
    );
  const activeUntil = inForceUntil(silence, now);
  return (
    <>
      {windows && <span>Recurring ({windows.timezone})</span>}
      {activeUntil === null ? (
        startsAt > now && (
          <span>
            From <Moment at={startsAt} />
          </span>
        )
      ) : (
        <span>
          Until <Moment at={activeUntil} />
        </span>
      )}
      {activeUntil !== endsAt && (
        <span>
          Ends <Moment at={endsAt} />
        </span>
      )}
    </>
  );
}

function Buttons({ silence: { id, comment, windows }, viewing }: Omit<SilenceItemProps, "ownerOf">) {
  return (
    <ActionForm action="change-silence" params={{ id }} viewing={viewing} class="button-row">
      {windows === null && (
        <button type="submit" name="change" value="extend" aria-label={`Extend 1 h: ${comment}`}>
          Extend 1 h
        </button>
      )}
      <button type="submit" name="change" value="end" aria-label={`End: ${comment}`}>
        End
      </button>
    </ActionForm>
  );
}
