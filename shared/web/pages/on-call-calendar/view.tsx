import {
  type CalendarDates,
  type CalendarRange,
  calendarRanges,
} from "../../../domain/oncall/calendar-dates.ts";
import type { OnCall } from "../../../domain/oncall/on-call.ts";
import { overlaps } from "../../../domain/oncall/override.ts";
import type { CalendarDay } from "../../../domain/oncall/schedule-calendar.ts";
import { dayMs } from "../../../domain/time-units.ts";
import { formatDate, type WallClock, wallClock, weekdayOf } from "../../../domain/wall-clock.ts";
import type { TeamDays } from "../../../use-cases/oncall/list-team-calendars.ts";
import { capitalize } from "../../components/capitalize.ts";
import { formatDay } from "../../components/local-time.ts";
import { Name } from "../../components/name.tsx";
import { OnCallTabs } from "../../components/navigation/on-call-tabs.tsx";
import { type ToneOf, tonesOf } from "../../components/tones.ts";
import { pageHref } from "../../site/routes.ts";
import { mayCover, type Viewing } from "../../site/viewer.ts";

interface OnCallCalendarViewProps extends Viewing {
  readonly dates: CalendarDates;
  /** The date in the address, if any. */
  readonly asked: string | undefined;
  readonly teams: readonly TeamDays[];
  readonly first: boolean;
  readonly next: string | null;
}

/** The primary of each team on each day. A day leads to the form that overrides it. */
export function OnCallCalendarView(props: OnCallCalendarViewProps) {
  const { dates, teams, first, next, viewer, now } = props;
  const { range, from, to } = dates;
  const here = { range, from: formatDate(from) };
  return (
    <>
      <h1>On-call</h1>
      <OnCallTabs page="on-call-calendar" viewer={viewer} />
      <Head {...props} />
      {teams.length === 0 ? (
        <p class="empty">
          No schedules yet. {viewer.may("manage") && <a href={pageHref("new-schedule")}>Create schedule</a>}
        </p>
      ) : (
        <>
          <div class="all-teams">
            <table class={range}>
              <caption class="hidden">Primary on call, in the time zone of each team</caption>
              <thead>
                <tr>
                  <th scope="col">Team</th>
                  {datesBetween(from, to).map((date) => (
                    <DateHead date={date} range={range} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {teams.map((team) => (
                  <TeamRow team={team} mayOverride={mayCover(viewer, team.schedule.team)} now={now} />
                ))}
              </tbody>
            </table>
          </div>
          <p class="quiet">
            The primary of each day, in the time zone of the team. Dashed: override.{" "}
            {teams.some(({ schedule: { team } }) => mayCover(viewer, team)) && "Select a day to override it."}
          </p>
        </>
      )}
      <nav class="pages" aria-label="Pages">
        {!first && <a href={pageHref("on-call-calendar", here)}>First teams</a>}
        {next !== null && <a href={pageHref("on-call-calendar", { ...here, cursor: next })}>More teams</a>}
      </nav>
    </>
  );
}

function Head({ dates: { range, from, to, previous }, asked }: OnCallCalendarViewProps) {
  const hrefOf = (date: WallClock, of: CalendarRange = range) =>
    pageHref("on-call-calendar", { range: of, from: formatDate(date) });
  return (
    <div class="calendar-head">
      <h2 id="calendar">
        {formatDay(from)} – {formatDay(to - dayMs)} {formatDate(to - dayMs).slice(0, 4)}
      </h2>
      <nav class="pages" aria-label="Time">
        <a href={hrefOf(previous)}>Previous</a>
        {asked !== undefined && <a href={pageHref("on-call-calendar", { range })}>Today</a>}
        <a href={hrefOf(to)}>Next</a>
      </nav>
      <nav class="pages" aria-label="Length">
        {calendarRanges.map((each) => (
          <a href={hrefOf(from, each)} aria-current={each === range ? "true" : undefined}>
            {capitalize(each)}
          </a>
        ))}
      </nav>
    </div>
  );
}

function datesBetween(from: WallClock, to: WallClock): WallClock[] {
  return Array.from({ length: Math.round((to - from) / dayMs) }, (_, index) => from + index * dayMs);
}

function DateHead({ date, range }: { readonly date: WallClock; readonly range: CalendarRange }) {
  const isWeekend = ["saturday", "sunday"].includes(weekdayOf(date));
  return (
    <th scope="col" class={isWeekend ? "weekend-day" : undefined}>
      {range === "week" ? (
        formatDay(date)
      ) : (
        <abbr title={formatDay(date)}>{new Date(date).getUTCDate()}</abbr>
      )}
    </th>
  );
}

function TeamRow({
  team: { schedule, days, primary },
  mayOverride,
  now,
}: {
  readonly team: TeamDays;
  readonly mayOverride: boolean;
  readonly now: number;
}) {
  const toneOf = tonesOf(schedule);
  const { team } = schedule;
  return (
    <tr id={`team-${encodeURIComponent(team)}`}>
      <th scope="row">
        <a href={pageHref("team-on-call", { team })}>
          <Name>{team}</Name>
        </a>
      </th>
      {days.map((day) => (
        <DayCell
          team={team}
          day={day}
          shifts={primary.filter((shift) => overlaps(shift, day))}
          mayOverride={mayOverride}
          toneOf={toneOf}
          isToday={day.start <= now && now < day.end}
        />
      ))}
    </tr>
  );
}

interface DayCellProps {
  readonly team: string;
  readonly day: CalendarDay;
  readonly shifts: readonly OnCall[];
  readonly mayOverride: boolean;
  readonly toneOf: ToneOf;
  readonly isToday: boolean;
}

/** People of a day; the first is the one on call for most of it. */
function DayCell({ team, day, shifts, mayOverride, toneOf, isToday }: DayCellProps) {
  const hoursOf = ({ start, end }: OnCall) => Math.min(end, day.end) - Math.max(start, day.start);
  const [main] = shifts.toSorted((a, b) => hoursOf(b) - hoursOf(a));
  const names = [...new Set(shifts.map(({ person }) => person?.name ?? "No one"))];
  const hasGap = shifts.some(({ person }) => person === null);
  const isOverride = main?.kind === "override";
  const person = main?.person ?? null;
  const tone = person ? toneOf(person.email) : "gap";
  const href = mayOverride
    ? `${pageHref("team-on-call", { team, day: day.date })}#override`
    : `${pageHref("team-on-call", { team, from: day.date })}#calendar`;
  const date = formatDay(wallClock(`${day.date}T00:00`));
  return (
    <td class={isToday ? "today-cell" : undefined}>
      <a href={href} class={`${tone}${isOverride ? " override" : ""}`} title={`${date}: ${names.join(", ")}`}>
        <span class="cell-date" aria-hidden="true">
          {Number(day.date.slice(8))}
        </span>
        <bdi class="full">{person?.name ?? "No one"}</bdi>
        <span class="initials" aria-hidden="true">
          {person ? initialsOf(person.name) : "–"}
        </span>
        {names.length > 1 && (
          <span class={hasGap ? "more alarm" : "more"} aria-hidden="true">
            +{names.length - 1}
          </span>
        )}
        <span class="hidden">
          {" "}
          {date}, {names.length > 1 && `and ${names.length - 1} more`}
        </span>
      </a>
    </td>
  );
}

/** `AL` for Ada Lovelace. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return [first, last].map((word) => [...word][0]?.toUpperCase() ?? "").join("");
}
