import type { Gap } from "../../../domain/oncall/coverage.ts";
import { type Forecast, forecastDays } from "../../../domain/oncall/forecast.ts";
import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { count } from "../../../domain/text/count.ts";
import { formatDate, wallClockAt } from "../../../domain/wall-clock.ts";
import { formatDuration } from "../../components/duration.ts";
import { Name } from "../../components/name.tsx";
import { OnCallTabs } from "../../components/navigation/on-call-tabs.tsx";
import { TimeLeft } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { Who } from "./who.tsx";

interface OnCallViewProps extends Viewing {
  readonly teams: readonly {
    readonly schedule: Pick<Schedule, "team" | "timezone">;
    readonly forecast: Forecast;
  }[];
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}

/** People on call for each team, the next ones, and coverage gaps. */
export function OnCallView({ teams, first, next, now, viewer }: OnCallViewProps) {
  return (
    <>
      <h1>On-call</h1>
      <OnCallTabs page="on-call" viewer={viewer} />
      {teams.length === 0 && first ? (
        <NoTeams mayManage={viewer.may("manage")} />
      ) : (
        <table class="teams stacked">
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Primary</th>
              <th scope="col">Until</th>
              <th scope="col">Next</th>
              <th scope="col">Secondary</th>
              <th scope="col">Next {forecastDays} days</th>
            </tr>
          </thead>
          <tbody>
            {teams.map(({ schedule: { team, timezone }, forecast: { roles, gaps } }) => (
              <tr id={`team-${encodeURIComponent(team)}`}>
                <th scope="row">
                  <a href={pageHref("team-on-call", { team })}>
                    <Name>{team}</Name>
                  </a>
                </th>
                <td data-name="Primary">
                  <Who onCall={roles.primary.current} />
                </td>
                <td data-name="Until">
                  {roles.primary.next ? (
                    <TimeLeft at={roles.primary.next.start} now={now} />
                  ) : (
                    <span class="quiet">More than {forecastDays} days</span>
                  )}
                </td>
                <td data-name="Next">
                  {roles.primary.next ? (
                    <Who onCall={roles.primary.next} />
                  ) : (
                    <span class="quiet">No change</span>
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
        <span aria-hidden="true">✓</span> Covered
      </span>
    );
  }
  const from = formatDate(wallClockAt(soonest.start, timezone));
  return (
    <a class="alarm" href={pageHref("team-on-call", { team, from })}>
      <span aria-hidden="true">✗</span> {count(gaps.length, "gap")},{" "}
      {soonest.start <= now ? "one now" : `first in ${formatDuration(soonest.start - now)}`}
    </a>
  );
}

function NoTeams({ mayManage }: { readonly mayManage: boolean }) {
  return (
    <div class="empty">
      <p>
        No schedules yet. Until you create one, every page goes to the fallback address. A schedule defines
        the rotation, the handoff times and the time zone of a team.
      </p>
      {mayManage && (
        <p>
          <a href={pageHref("new-schedule")}>Create a schedule</a>, or use POST /api/v1/schedules of the{" "}
          <a href="/docs">API</a>.
        </p>
      )}
    </div>
  );
}
