/** CPU time of on-call resolution, compared to one Temporal conversion. */
import { Temporal } from "temporal-polyfill";
import { onCallAt, onCallBetween, type ScheduleHistory } from "../../shared/domain/oncall/on-call.ts";
import type { Restriction } from "../../shared/domain/oncall/restriction.ts";
import type { Layer } from "../../shared/domain/oncall/schedule.ts";
import { ada, aSchedule, bob, cyd, days } from "../support/builders.ts";
import { type Row, rounded } from "./report.ts";

const section = "Who is on call (3 layers in Europe/Berlin since ten years, warm, processor time)";
const timezone = "Europe/Berlin";
const from = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

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
  ];
}

function historyOf(...restrictions: Restriction[][]): ScheduleHistory {
  const layers = restrictions.map(
    (hours, index): Layer => ({
      name: `layer ${index}`,
      role: "primary",
      rotation: { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2016-01-04" },
      members: [ada, bob, cyd].slice(index),
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
