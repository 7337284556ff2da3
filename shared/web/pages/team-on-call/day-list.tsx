import type { OnCall } from "../../../domain/oncall/on-call.ts";
import { overlaps } from "../../../domain/oncall/override.ts";
import type { CalendarDay, ClockChange, TeamCalendar } from "../../../domain/oncall/schedule-calendar.ts";
import { wallClock, wallClockAt } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { formatDuration } from "../../components/duration.ts";
import { formatClock, formatDay } from "../../components/local-time.ts";
import type { ToneOf } from "../../components/tones.ts";

/** Number of shifts shown per day and role; hourly rotations have more. */
const mostPieces = (days: number) => (days > 31 ? 4 : 8);

/** Table of shifts by day. */
export function DayList({
  calendar: { days, roles, timezone },
  now,
  toneOf,
  hrefOf,
}: {
  readonly calendar: TeamCalendar;
  readonly now: number;
  readonly toneOf: ToneOf;
  /** Returns the address of the form that overrides a local date; null for those who may not. */
  readonly hrefOf: ((date: string) => string) | null;
}) {
  return (
    <table class="day-list">
      <thead>
        <tr>
          <th scope="col">Day</th>
          {roles.map(({ role }) => (
            <th scope="col">{capitalize(role)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr id={`day-${day.date}`} class={day.start <= now && now < day.end ? "today" : ""}>
            <th scope="row">
              <DayName date={day.date} href={hrefOf?.(day.date)} />
              {day.start <= now && now < day.end && <span class="quiet"> today</span>}
              {day.clockChange && <ClockMark change={day.clockChange} timezone={timezone} />}
            </th>
            {roles.map(({ final }) => (
              <td>
                <Pieces
                  pieces={piecesOf(final, day)}
                  most={mostPieces(days.length)}
                  timezone={timezone}
                  toneOf={toneOf}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayName({ date, href }: { readonly date: string; readonly href: string | undefined }) {
  const name = formatDay(wallClock(`${date}T00:00`));
  if (href === undefined) return <>{name}</>;
  return (
    <a href={href} title="Override this day">
      {name}
    </a>
  );
}

function ClockMark({
  change: { at, byMs },
  timezone,
}: {
  readonly change: ClockChange;
  readonly timezone: string;
}) {
  // Local time just before the change.
  const shown = formatClock(wallClockAt(at - 1, timezone) + 1);
  return (
    <p class="clock-change">
      <span aria-hidden="true">◷</span> At {shown} clocks go {byMs > 0 ? "forward" : "back"} by{" "}
      {formatDuration(Math.abs(byMs))}
    </p>
  );
}

function piecesOf(stretches: readonly OnCall[], day: CalendarDay): OnCall[] {
  return stretches
    .filter((stretch) => overlaps(stretch, day))
    .map((stretch) => ({
      ...stretch,
      start: Math.max(stretch.start, day.start),
      end: Math.min(stretch.end, day.end),
    }));
}

function Pieces({
  pieces,
  most,
  timezone,
  toneOf,
}: {
  readonly pieces: readonly OnCall[];
  readonly most: number;
  readonly timezone: string;
  readonly toneOf: ToneOf;
}) {
  return (
    <ul>
      {pieces.slice(0, most).map(({ person, kind, start }) => (
        <li>
          {pieces.length > 1 && `${formatClock(wallClockAt(start, timezone))} `}
          <bdi class={person ? toneOf(person.email) : "gap"}>{person?.name ?? "No one"}</bdi>
          {kind === "override" && " override"}
        </li>
      ))}
      {pieces.length > most && <li>and {pieces.length - most} more</li>}
    </ul>
  );
}
