import type { DeactivatedMember } from "../../../domain/oncall/deactivated-members.ts";
import { type Forecast, forecastDays, type RoleForecast } from "../../../domain/oncall/forecast.ts";
import { subjectOfOverride } from "../../../domain/oncall/override.ts";
import {
  type OnCallRole,
  type Override,
  onCallRoles,
  type Schedule,
} from "../../../domain/oncall/schedule.ts";
import {
  type CalendarSpan,
  calendarSpans,
  type TeamCalendar,
} from "../../../domain/oncall/schedule-calendar.ts";
import type { Person } from "../../../domain/person.ts";
import { count } from "../../../domain/text/count.ts";
import { wallClock } from "../../../domain/wall-clock.ts";
import { Copyable } from "../../components/copyable.tsx";
import { formatDuration } from "../../components/duration.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { PeopleList, suggestedPeople } from "../../components/forms/person-field.tsx";
import { formatDay, formatLocal } from "../../components/local-time.ts";
import { peopleOf, tonesOf } from "../../components/tones.ts";
import { pageHref } from "../../site/routes.ts";
import { mayCover, type Viewing } from "../../site/viewer.ts";
import { restrictionText, rotationText } from "../edit-schedule/plan-labels.ts";
import { Who } from "../on-call/who.tsx";
import { DayList } from "./day-list.tsx";
import { OverrideForm } from "./override-form.tsx";
import { ScheduleChart } from "./schedule-chart.tsx";
import { TakeOverForm } from "./take-over-form.tsx";
import { TeamDetails, type TeamDetailsProps } from "./team-details.tsx";
import { TeamHeading } from "./team-heading.tsx";

interface Asked {
  readonly from?: string | undefined;
  readonly span: CalendarSpan;
  readonly timezone?: string | undefined;
  /** A day to override. */
  readonly day?: string | undefined;
}

interface TeamOnCallViewProps
  extends Viewing,
    Pick<TeamDetailsProps, "policy" | "channels" | "webhooks" | "services" | "moreServices"> {
  readonly schedule: Schedule;
  readonly forecast: Forecast;
  readonly calendar: TeamCalendar;
  /** Current and upcoming overrides, by their end. */
  readonly overrides: readonly Override[];
  readonly deactivated: readonly DeactivatedMember[];
  readonly asked: Asked;
  readonly webcalUrl: string;
  /** Known people, whom the forms suggest after the members. */
  readonly users: readonly Person[];
}

/** Number of overrides listed. */
const overridesListed = 20;

/** A team's schedule day by day, with its overrides. */
export function TeamOnCallView(props: TeamOnCallViewProps) {
  const { schedule, forecast, calendar, viewer, now } = props;
  const { team } = schedule;
  const { timezone } = calendar;
  const people = peopleOf(schedule);
  const toneOf = tonesOf(schedule);
  const mayOverride = mayCover(viewer, team);
  return (
    <>
      <TeamHeading team={team} />
      <Gaps {...props} />
      <Deactivated {...props} />
      <div class="tiles on-duty">
        {onCallRoles.map((role) => (
          <Duty role={role} forecast={forecast.roles[role]} now={now} timezone={timezone} />
        ))}
        {mayOverride && (
          <div class="tile">
            <h2>Take over as primary</h2>
            <TakeOverForm viewing={props} team={team} timezone={timezone} people={people} />
          </div>
        )}
      </div>
      <PeopleList people={suggestedPeople(people, props.users)} />
      <div class="calendar">
        <section aria-labelledby="calendar">
          <CalendarHead {...props} />
          <ScheduleChart calendar={calendar} now={now} toneOf={toneOf} />
          <p class="legend quiet" aria-hidden="true">
            <span>Dashed: override</span>
            <span>Hatched: no one on call</span>
            <span>◷ Clock change</span>
            <span>Blue line: now</span>
          </p>
        </section>
        <section aria-labelledby="days">
          <h2 id="days">Day by day, {timezone}</h2>
          <DayList
            calendar={calendar}
            now={now}
            toneOf={toneOf}
            hrefOf={mayOverride ? (day) => `${pageHref("team-on-call", { team, day })}#override` : null}
          />
        </section>
        <div class="changes">
          <Overrides {...props} />
          {mayOverride && (
            <OverrideForm
              viewing={props}
              team={team}
              timezone={timezone}
              people={people}
              day={props.asked.day}
            />
          )}
          <Layers {...props} />
          <Feed {...props} />
        </div>
      </div>
      <TeamDetails {...props} team={team} people={people} />
    </>
  );
}

function Gaps({ forecast: { gaps }, calendar: { timezone }, now }: TeamOnCallViewProps) {
  const [soonest] = gaps;
  if (!soonest) return null;
  const until = formatLocal(soonest.end, timezone);
  return (
    <p class="notice trouble">
      <b>No one is on call</b> {soonest.start > now && `from ${formatLocal(soonest.start, timezone)} `}
      until {until} ({timezone})
      {gaps.length > 1 && `, and in ${count(gaps.length - 1, "more gap")} within ${forecastDays} days`}.
    </p>
  );
}

/** People who left, but would still be paged. */
function Deactivated({ deactivated, calendar: { timezone } }: TeamOnCallViewProps) {
  return deactivated.map(({ name, email, shifts: [first], isInPolicy }) => (
    <p class="notice trouble">
      <b>
        <bdi>{name}</bdi> was deactivated
      </b>{" "}
      but {first && `is ${first.role} from ${formatLocal(first.start, timezone)}`}
      {first && isInPolicy && " and "}
      {isInPolicy && "is in the escalation policy"}. Pages still go to <bdi>{email}</bdi>: assign them to
      someone else.
    </p>
  ));
}

function Duty({
  role,
  forecast: { current, next },
  now,
  timezone,
}: {
  readonly role: OnCallRole;
  readonly forecast: RoleForecast;
  readonly now: number;
  readonly timezone: string;
}) {
  return (
    <div class="tile">
      <h2>{role === "primary" ? "Primary now" : "Secondary now"}</h2>
      <p class="figure">
        <Who onCall={current} mild={role === "secondary"} />
      </p>
      <p class="quiet">
        {next ? (
          <>
            until {formatLocal(next.start, timezone)}, {formatDuration(next.start - now)}
            <br />
            then <Who onCall={next} mild />
          </>
        ) : (
          `No change within ${forecastDays} days`
        )}
      </p>
    </div>
  );
}

const spanNames: Readonly<Record<CalendarSpan, string>> = {
  "2-weeks": "2 weeks",
  "1-month": "1 month",
  "2-months": "2 months",
};

function CalendarHead({ schedule, calendar, asked }: TeamOnCallViewProps) {
  const { days, previous, next, timezone, span } = calendar;
  const first = days[0]?.date ?? "";
  const last = days.at(-1)?.date ?? "";
  const hrefOf = (change: Partial<Asked>) =>
    pageHref("team-on-call", {
      team: schedule.team,
      ...defined({ ...asked, day: undefined, ...change }),
    });
  return (
    <>
      <div class="calendar-head">
        <h2 id="calendar">
          {formatDay(wallClock(`${first}T00:00`))} – {formatDay(wallClock(`${last}T00:00`))}{" "}
          {last.slice(0, 4)}, {timezone}
        </h2>
        <nav class="pages" aria-label="Time">
          <a href={hrefOf({ from: previous })}>Previous</a>
          {asked.from !== undefined && <a href={hrefOf({ from: undefined })}>Today</a>}
          <a href={hrefOf({ from: next })}>Next</a>
        </nav>
        <nav class="pages" aria-label="Length">
          {calendarSpans.map((each) => (
            <a href={hrefOf({ span: each })} aria-current={each === span ? "true" : undefined}>
              {spanNames[each]}
            </a>
          ))}
        </nav>
      </div>
      <details class="settings" id="calendar-settings">
        <summary>Start and time zone</summary>
        <form method="get" action={pageHref("team-on-call", { team: schedule.team })} class="fields">
          <input type="hidden" name="span" value={span} />
          <TextField field={plainField("from")} label="From" type="date" value={first} />
          <TextField field={plainField("timezone")} label="Time zone" value={timezone} list="timezones" />
          <datalist id="timezones">
            {[...new Set([schedule.timezone, "UTC"])].map((zone) => (
              <option value={zone} />
            ))}
          </datalist>
          <button type="submit">Apply</button>
        </form>
      </details>
    </>
  );
}

function defined(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function Overrides(props: TeamOnCallViewProps) {
  const { overrides, schedule, calendar, viewer, now } = props;
  const local = (at: number) => formatLocal(at, calendar.timezone);
  return (
    <section aria-labelledby="overrides">
      <h2 id="overrides">Current and upcoming overrides</h2>
      {overrides.length === 0 && <p class="quiet">No overrides.</p>}
      <ul class="overrides">
        {overrides
          .slice(0, overridesListed)
          .map(({ id, team, person, role, replaces, reason, start, end }) => (
            <li id={id}>
              <div>
                <p>
                  <b>
                    <bdi>{person.name}</bdi>
                  </b>{" "}
                  {role}
                  {start <= now && <span class="covered"> active</span>}
                </p>
                <p class="quiet">
                  {local(start)} to {local(end)}
                  {replaces !== null && (
                    <>
                      , replaces <bdi>{replaces}</bdi>
                    </>
                  )}
                  {reason !== null && reason !== "" && (
                    <>
                      : <bdi>{reason}</bdi>
                    </>
                  )}
                </p>
              </div>
              {viewer.may("cover", subjectOfOverride({ team, person, replaces })) && (
                <ActionForm action="end-override" params={{ team: schedule.team, id }} viewing={props}>
                  <button type="submit">
                    {start <= now ? "End" : "Cancel"}
                    <span class="hidden">
                      {" "}
                      the override of <bdi>{person.name}</bdi>
                    </span>
                  </button>
                </ActionForm>
              )}
            </li>
          ))}
      </ul>
      {overrides.length > overridesListed && (
        <p class="quiet">And {overrides.length - overridesListed} more.</p>
      )}
    </section>
  );
}

function Layers({ schedule: { team, timezone, layers }, viewer }: TeamOnCallViewProps) {
  const mayManage = viewer.may("manage", { team });
  return (
    <section aria-labelledby="layers">
      <h2 id="layers">Layers (highest priority first)</h2>
      <dl class="details layers">
        {layers.toReversed().map((layer) => (
          <>
            <dt>
              <bdi>{layer.name}</bdi>
            </dt>
            <dd>
              {layer.members.map(({ name }, index) => (
                <>
                  {index > 0 && ", "}
                  <bdi>{name}</bdi>
                </>
              ))}
              <p class="quiet">
                {layer.role}, {rotationText(layer.rotation)}
                {layer.restrictions.length > 0 &&
                  `; active ${layer.restrictions.map(restrictionText).join(", ")}`}
              </p>
            </dd>
          </>
        ))}
      </dl>
      <nav class="pages" aria-label="Configuration">
        {mayManage && <a href={pageHref("edit-schedule", { team })}>Edit schedule</a>}
        {mayManage && <a href={pageHref("edit-policy", { team })}>Edit escalation policy</a>}
        <a href={pageHref("simulate", { service: team, timezone })}>Escalation simulation</a>
        <a href={pageHref("incidents", { team })}>Team incidents</a>
        <a href={pageHref("team-channels", { team })}>Channels</a>
        <a href={pageHref("webhooks", { team })}>Webhooks</a>
      </nav>
    </section>
  );
}

function Feed(props: TeamOnCallViewProps) {
  const { webcalUrl, schedule, viewer } = props;
  return (
    <details class="fold" id="feed">
      <summary>Calendar subscription</summary>
      <div class="folded">
        <p class="quiet">
          Subscribe to the shifts of the last 30 and the next 90 days. Anyone with this URL can read them, so
          keep it secret.
        </p>
        <Copyable id="webcal" text={webcalUrl} />
        {viewer.may("manage", { team: schedule.team }) && (
          <ActionForm action="rotate-calendar" params={{ team: schedule.team }} viewing={props} class="stack">
            <button type="submit">Rotate calendar URL</button>
            <p class="quiet">The current URL stops working immediately.</p>
          </ActionForm>
        )}
      </div>
    </details>
  );
}
