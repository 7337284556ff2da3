import type { TeamNow } from "../../../domain/oncall/team.ts";
import type { OwnShift } from "../../../use-cases/oncall/list-own-shifts.ts";
import { formatDuration } from "../../components/duration.ts";
import { Clock, Countdown, TimeLeft } from "../../components/time.tsx";
import { isViewer } from "../../site/is-viewer.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface OnCallNowProps extends Viewing {
  readonly teams: readonly TeamNow[];
  /** True if there are more teams than these. */
  readonly moreTeams: boolean;
  readonly teamsAt: number;
  readonly ownShifts: readonly OwnShift[];
}

/** Teams listed besides those of the viewer. */
const listed = 8;

/** The viewer's shifts, and people on call: teams of the viewer first, then others. */
export function OnCallNow(props: OnCallNowProps) {
  const { teams, moreTeams, teamsAt, now, viewer, ownShifts } = props;
  if (teams.length === 0) {
    return (
      <section aria-labelledby="on-call">
        <h2 id="on-call">On call now</h2>
        <div class="empty">
          <p>No schedules yet. Until you create one, every page goes to the fallback address.</p>
          {viewer.may("manage") && (
            <p>
              <a href={pageHref("new-schedule")}>Create schedule</a>
            </p>
          )}
        </div>
      </section>
    );
  }
  const isMine = ({ schedule, roles }: TeamNow) =>
    ownShifts.some(({ team }) => team === schedule.team) ||
    [roles.primary, roles.secondary].some(({ person }) => isViewer(person, viewer));
  const mine = teams.filter(isMine);
  const others = teams.filter((team) => !isMine(team));
  const hidden = others.length - listed;
  return (
    <section aria-labelledby="on-call">
      <h2 id="on-call">On call now</h2>
      <OwnShifts shifts={ownShifts} now={now} />
      <table class="teams stacked">
        <thead>
          <tr>
            <th scope="col">Team</th>
            <th scope="col">Primary</th>
            <th scope="col">Until</th>
            <th scope="col">Secondary</th>
          </tr>
        </thead>
        <tbody>
          {[...mine, ...others.slice(0, listed)].map((team) => (
            <TeamRow team={team} now={now} />
          ))}
        </tbody>
      </table>
      <p class="quiet">
        {(hidden > 0 || moreTeams) && (
          <>
            <a href={pageHref("on-call")}>View all teams</a>{" "}
          </>
        )}
        Updated <Clock at={teamsAt} />.
      </p>
    </section>
  );
}

function OwnShifts({ shifts, now }: { readonly shifts: readonly OwnShift[]; readonly now: number }) {
  if (shifts.length === 0) return null;
  const current = shifts.filter(({ start }) => start <= now);
  const next = shifts.find(({ start }) => start > now);
  return (
    <ul class="own-shifts">
      {[...current, ...(next ? [next] : [])].map(({ team, role, start, end }) => (
        <li class={start <= now ? "now" : undefined}>
          {start <= now ? (
            <>
              You are on call for <TeamLink team={team} /> ({role}), for {formatDuration(end - now)} more.
            </>
          ) : (
            <>
              Your next shift for <TeamLink team={team} /> ({role}) starts <Countdown at={start} now={now} />.
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function TeamLink({ team }: { readonly team: string }) {
  return (
    <a href={pageHref("team-on-call", { team })}>
      <bdi>{team}</bdi>
    </a>
  );
}

function TeamRow({
  team: {
    schedule: { team },
    roles: { primary, secondary },
  },
  now,
}: {
  readonly team: TeamNow;
  readonly now: number;
}) {
  return (
    <tr>
      <th scope="row">
        <TeamLink team={team} />
      </th>
      <td data-name="Primary" class={primary.person ? undefined : "alarm"}>
        {primary.person ? <bdi title={primary.person.name}>{primary.person.name}</bdi> : "No one"}
        {primary.kind === "override" && <span class="quiet"> (override)</span>}
      </td>
      <td data-name="Until">
        {Number.isFinite(primary.end) ? <TimeLeft at={primary.end} now={now} /> : "–"}
      </td>
      <td data-name="Secondary">
        {secondary.person ? (
          <bdi title={secondary.person.name}>{secondary.person.name}</bdi>
        ) : (
          <span class="quiet">No one</span>
        )}
      </td>
    </tr>
  );
}
