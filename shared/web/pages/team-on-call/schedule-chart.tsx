/** Chart of a schedule: the people on call, then the overrides and layers. Uses no script and no inline style. */
import type { Child } from "hono/jsx";
import type { OnCall } from "../../../domain/oncall/on-call.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { CalendarDay, RoleCalendar, TeamCalendar } from "../../../domain/oncall/schedule-calendar.ts";
import { wallClock, weekdayOf } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { formatDay, formatLocal } from "../../components/local-time.ts";
import type { ToneOf } from "../../components/tones.ts";

/** Number of bars above which a chart is unreadable. */
const mostBars = 250;

interface Scale {
  /** Returns the position of a time in percent of the width. */
  readonly x: (at: number) => number;
  readonly from: number;
  readonly to: number;
  readonly timezone: string;
  readonly toneOf: ToneOf;
  /** True if bars have a title with their start and end. */
  readonly titled: boolean;
}

/** Hidden from screen readers, which get the list of days. */
export function ScheduleChart({
  calendar,
  now,
  toneOf,
}: {
  readonly calendar: TeamCalendar;
  readonly now: number;
  readonly toneOf: ToneOf;
}) {
  const { days, timezone, roles } = calendar;
  const from = days[0]?.start ?? now;
  const to = days.at(-1)?.end ?? now;
  const x = (at: number) => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  const scale: Scale = { x, from, to, timezone, toneOf, titled: days.length <= 31 };
  return (
    <div class="timeline" aria-hidden="true">
      <Row name="" class="day-labels">
        {days.map((day) => (
          <DayLabel day={day} scale={scale} among={days.length} />
        ))}
      </Row>
      {roles.map((role) => (
        <RoleRows role={role} scale={scale} />
      ))}
      <div class="slot-row over">
        <span />
        <svg width="100%" height="100%" aria-hidden="true">
          {days.map(({ date, start, end }) => (
            <>
              {isWeekend(date) && (
                <rect
                  class="weekend"
                  x={percent(x(start))}
                  width={percent(x(end) - x(start))}
                  height="100%"
                />
              )}
              <line class="midnight" x1={percent(x(start))} x2={percent(x(start))} y2="100%" />
            </>
          ))}
          {from <= now && now < to && (
            <line class="now" x1={percent(x(now))} x2={percent(x(now))} y2="100%" />
          )}
        </svg>
      </div>
    </div>
  );
}

function Row({
  name,
  children,
  ...rest
}: {
  readonly name: Child;
  readonly class: string;
  readonly children: Child;
}) {
  return (
    <div class={`slot-row ${rest.class}`}>
      <span>{name}</span>
      <svg width="100%" aria-hidden="true">
        {children}
      </svg>
    </div>
  );
}

function DayLabel({
  day: { date, start, end, clockChange },
  scale: { x },
  among,
}: {
  readonly day: CalendarDay;
  readonly scale: Scale;
  readonly among: number;
}) {
  const local = wallClock(`${date}T00:00`);
  const [weekday = "", number = "", month = ""] = formatDay(local).split(" ");
  const monday = weekdayOf(local) === "monday";
  const few = among <= 14;
  const many = among > 31;
  const first = few || many ? `${number} ${month}` : number;
  const text = many && !monday ? "" : first;
  const width = (x(end) - x(start)) * (many && monday ? 4 : 1);
  if (text === "" && !clockChange) return null;
  return (
    <foreignObject x={percent(x(start))} width={percent(width)}>
      <span class={`day${monday ? " monday" : ""}`}>
        {!many && (few ? weekday : weekday.slice(0, 1))}
        {clockChange && " ◷"}
        <br />
        {text}
      </span>
    </foreignObject>
  );
}

function RoleRows({
  role: { role, final, overrides, layers },
  scale,
}: {
  readonly role: RoleCalendar;
  readonly scale: Scale;
}) {
  return (
    <>
      <Row name={<b>{capitalize(role)}</b>} class="final">
        <Bars stretches={final} scale={scale} />
      </Row>
      {rowsOf(overrides).map((row, index) => (
        <Row name={index === 0 ? "Overrides" : ""} class="part">
          <Bars
            stretches={row.map(({ id, person, start, end }) => ({
              person,
              kind: "override",
              by: id,
              start,
              end,
            }))}
            scale={scale}
          />
        </Row>
      ))}
      {layers.map(({ name, stretches }) => (
        <Row name={<bdi>{name}</bdi>} class="part">
          <Bars stretches={stretches.filter(({ person }) => person !== null)} scale={scale} />
        </Row>
      ))}
    </>
  );
}

function Bars({ stretches, scale }: { readonly stretches: readonly OnCall[]; readonly scale: Scale }) {
  if (stretches.length > mostBars) {
    return (
      <foreignObject width="100%">
        <span>{stretches.length} shifts are too many to draw. See the list by day.</span>
      </foreignObject>
    );
  }
  return (
    <>
      {stretches.map((stretch) => (
        <Bar stretch={stretch} scale={scale} />
      ))}
    </>
  );
}

function Bar({
  stretch: { person, kind, start, end },
  scale: { x, from, to, timezone, toneOf, titled },
}: {
  readonly stretch: OnCall;
  readonly scale: Scale;
}) {
  const [left, right] = [x(Math.max(start, from)), x(Math.min(end, to))];
  const who = person?.name ?? "No one";
  const tone = person ? toneOf(person.email) : "gap";
  const title = `${who}, ${formatLocal(start, timezone)} to ${formatLocal(end, timezone)}`;
  return (
    <foreignObject x={percent(left)} width={percent(right - left)}>
      <bdi class={kind === "override" ? `${tone} override` : tone} title={titled ? title : undefined}>
        {who}
      </bdi>
    </foreignObject>
  );
}

/** Distributes overrides over as few rows as possible without overlaps. */
function rowsOf(overrides: readonly Override[]): Override[][] {
  const rows: Override[][] = [];
  for (const override of overrides.toSorted((a, b) => a.start - b.start)) {
    const row = rows.find((each) => (each.at(-1)?.end ?? 0) <= override.start);
    if (row) row.push(override);
    else if (rows.length < mostRows) rows.push([override]);
  }
  return rows;
}

const mostRows = 8;

function isWeekend(date: string): boolean {
  const weekday = weekdayOf(wallClock(`${date}T00:00`));
  return weekday === "saturday" || weekday === "sunday";
}

function percent(value: number): string {
  return `${Math.round(value * 10) / 10}%`;
}
