/** CPU time of on-call resolution, compared to one Temporal conversion. */
import { Temporal } from "temporal-polyfill";
import { limits } from "../../shared/domain/limits.ts";
import { onCallAt, onCallBetween, type ScheduleHistory } from "../../shared/domain/oncall/on-call.ts";
import type { Restriction } from "../../shared/domain/oncall/restriction.ts";
import { type Layer, onCallRoles } from "../../shared/domain/oncall/schedule.ts";
import { formatInstant } from "../../shared/domain/time.ts";
import { hourMs } from "../../shared/domain/time-units.ts";
import { ada, aSchedule, bob, cyd, days } from "../support/builders.ts";
import { type Row, rounded } from "./report.ts";

const section = "Who is on call (3 layers in Europe/Berlin since ten years, warm, processor time)";
const timezone = "Europe/Berlin";
const from = Date.UTC(2026, 0, 1);

const nights: Restriction = { type: "daily", start: "22:00", end: "06:00" };
const weekends: Restriction = {
  type: "weekly",
  startDay: "friday",
  start: "18:00",
  endDay: "monday",
  end: "08:00",
};
const schedules = {
  "weekly layers": historyOf([], [], []),
  "weekly layers, two with daily and weekly hours": historyOf([], [weekends], [nights]),
  "weekly layers, all with nights and weekends": historyOf(
    [nights, weekends],
    [nights, weekends],
    [nights, weekends],
  ),
};

/** @param calls number of calls of each short operation */
export async function measureOnCall(calls: number): Promise<Row[]> {
  const yardstick = microseconds(calls, (call) =>
    Temporal.Instant.fromEpochMilliseconds(from + call * hourMs)
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime(),
  );
  return [
    { section, what: "one conversion by Temporal", value: yardstick, unit: "µs" },
    ...Object.entries(schedules).flatMap(([name, history]): Row[] => {
      const now = microseconds(calls, (call) => onCallAt(history, "primary", from + (call % 8_760) * hourMs));
      const year = () => onCallBetween(history, "primary", from, from + days(365));
      const walk = microseconds(Math.ceil(calls / 500), year) / 1_000;
      return [
        {
          section,
          what: `now, ${name}`,
          value: now,
          unit: "µs",
          beside: `${rounded(now / yardstick)} conversions`,
          aim: { most: 50 },
        },
        {
          section,
          what: `a year, ${name}`,
          value: walk,
          unit: "ms",
          beside: `${year().length} stretches`,
          aim: { most: 5 },
        },
      ];
    }),
    ...previews(),
  ];
}

/** The preview of the largest schedules, for both roles. */
function previews(): Row[] {
  const ofBoth = (history: ScheduleHistory) => () =>
    onCallRoles.flatMap((role) => onCallBetween(history, role, from, from + days(limits.shiftsDays)));
  return [
    { what: "every layer and window", history: largest, most: 250 },
    { what: "hourly turns", history: hourly, most: 100 },
  ].map(({ what, history, most }) => ({
    section,
    what: `${limits.shiftsDays} days, ${what}, both roles`,
    value: microseconds(1, ofBoth(history)) / 1_000,
    unit: "ms",
    beside: `${ofBoth(history)().length} stretches`,
    aim: { most },
  }));
}

const windows = Array.from({ length: limits.restrictionsPerLayer }, (_, index): Restriction => {
  const time = (minutes: number) => formatInstant(minutes * 60_000).slice(11, 16);
  return { type: "daily", start: time(index * 72), end: time(index * 72 + 36) };
});
const largest = historyOf(...Array.from({ length: limits.layersPerSchedule }, () => windows));
const [layer = [] as never] = historyOf([]).schedules.flatMap(({ layers }) => layers);
const turns = { ...layer, rotation: { ...layer.rotation, unit: "hour" as const } };
const hourly: ScheduleHistory = { schedules: [aSchedule({ timezone, layers: [turns] })], overrides: [] };

function historyOf(...restrictions: Restriction[][]): ScheduleHistory {
  const layers = restrictions.map(
    (hours, index): Layer => ({
      name: `layer ${index}`,
      role: "primary",
      rotation: { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2016-01-04" },
      members: [ada, bob, cyd].slice(index % 3),
      restrictions: hours,
    }),
  );
  return { schedules: [aSchedule({ timezone, layers })], overrides: [] };
}

/** Returns the CPU time per call, with compiled code and warm caches. */
function microseconds(calls: number, run: (call: number) => unknown): number {
  for (let call = 0; call < calls; call += 1) run(call);
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) run(call);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
