import type { Gap } from "../../../domain/oncall/coverage.ts";
import type { OnCall } from "../../../domain/oncall/on-call.ts";
import { type Outlook, outlookDays } from "../../../domain/oncall/outlook.ts";
import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { formatInstant } from "../../../domain/time.ts";
import { formatDate, wallClockAt } from "../../../domain/wall-clock.ts";
import { formatSpan } from "../../components/duration.tsx";
import { formatLocal } from "../../components/local-time.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface OnCallViewProps extends Viewing {
  readonly teams: readonly {
    readonly schedule: Pick<Schedule, "team" | "timezone">;
    readonly outlook: Outlook;
  }[];
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}

/** Teams with the current and next people on call, and coverage gaps. */
export function OnCallView({ teams, first, next, now, viewer }: OnCallViewProps) {
  return (
    <>
      <h1>On-call</h1>
      <nav class="tabs" aria-label="On-call">
        <a href={pageHref("simulate")}>Who would be paged?</a>
        {viewer.mayWrite && <a href={pageHref("new-schedule")}>New schedule</a>}
      </nav>
      {teams.length === 0 && first ? (
        <NoTeams mayWrite={viewer.mayWrite} />
      ) : (
        <table class="teams">
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Primary</th>
              <th scope="col">For another</th>
              <th scope="col">Then</th>
              <th scope="col">Secondary</th>
              <th scope="col">Next {outlookDays} days</th>
            </tr>
          </thead>
          <tbody>
            {teams.map(({ schedule: { team, timezone }, outlook: { roles, gaps } }) => (
              <tr id={`team-${encodeURIComponent(team)}`}>
                <th scope="row">
                  <a href={pageHref("team-on-call", { team })}>
                    <bdi>{team}</bdi>
                  </a>
                </th>
                <td data-name="Primary">
                  <Who onCall={roles.primary.current} />
                </td>
                <td data-name="For another">
                  {roles.primary.next ? (
                    <time
                      datetime={formatInstant(roles.primary.next.start)}
                      title={`until ${formatLocal(roles.primary.next.start, timezone)} ${timezone}`}
                    >
                      {formatSpan(roles.primary.next.start - now)}
                    </time>
                  ) : (
                    <span class="quiet">{outlookDays} d or more</span>
                  )}
                </td>
                <td data-name="Then">
                  {roles.primary.next ? (
                    <Who onCall={roles.primary.next} />
                  ) : (
                    <span class="quiet">no change</span>
                  )}
                </td>
                <td data-name="Secondary">
                  <Who onCall={roles.secondary.current} mild />
                </td>
                <td data-name="Coverage">
                  <Gaps team={team} timezone={timezone} gaps={gaps} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <nav class="pages" aria-label="Pages">
        {!first && <a href={pageHref("on-call")}>First teams</a>}
        {next !== null && <a href={pageHref("on-call", { cursor: next })}>More teams</a>}
      </nav>
    </>
  );
}

/** A name, or that there is none; `mild` if that is normal. */
export function Who({
  onCall: { person, kind },
  mild,
}: {
  readonly onCall: OnCall;
  readonly mild?: boolean;
}) {
  if (!person) return mild ? <span class="quiet">nobody</span> : <span class="who gap">nobody</span>;
  return (
    <>
      <bdi>{person.name}</bdi>
      {kind === "override" && <span class="quiet"> override</span>}
    </>
  );
}

function Gaps({
  team,
  timezone,
  gaps,
  now,
}: {
  readonly team: string;
  readonly timezone: string;
  readonly gaps: readonly Gap[];
  readonly now: number;
}) {
  const [soonest] = gaps;
  if (!soonest) {
    return (
      <span class="covered">
        <span aria-hidden="true">✓</span> covered
      </span>
    );
  }
  const from = formatDate(wallClockAt(soonest.start, timezone));
  return (
    <a class="alarm" href={pageHref("team-on-call", { team, from })}>
      <span aria-hidden="true">✗</span> {gaps.length} {gaps.length === 1 ? "gap" : "gaps"},{" "}
      {soonest.start <= now ? "one now" : `first in ${formatSpan(soonest.start - now)}`}
    </a>
  );
}

function NoTeams({ mayWrite }: { readonly mayWrite: boolean }) {
  return (
    <div class="empty">
      <p>
        No team has a schedule yet. Until one has, incidents page the fallback address alone. A schedule says
        who takes turns, when they hand over, and in which time zone.
      </p>
      {mayWrite && (
        <p>
          <a href={pageHref("new-schedule")}>Make the first schedule</a>, or send one to POST
          /api/v1/schedules: see the <a href="/docs">API</a>.
        </p>
      )}
    </div>
  );
}
