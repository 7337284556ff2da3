/**
 * Independent on-call resolvers for other systems' schedules. They evaluate a single time by brute force and
 * share no code with the import.
 */

interface PagerdutyLayer {
  readonly start: string;
  readonly end?: string | null;
  readonly rotation_virtual_start: string;
  readonly rotation_turn_length_seconds: number;
  readonly users: readonly { readonly user: { readonly id: string } }[];
  readonly restrictions?: readonly {
    readonly type: string;
    readonly start_time_of_day: string;
    readonly duration_seconds: number;
    readonly start_day_of_week?: number;
  }[];
}

export interface PagerdutySchedule {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly schedule_layers: readonly PagerdutyLayer[];
  readonly overrides?: readonly {
    readonly start: string;
    readonly end: string;
    readonly user: { readonly id: string };
  }[];
}

const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;

/** Returns IDs. The first layer in the API's response wins. */
export function onCallInPagerduty(schedule: PagerdutySchedule, at: number): string[] {
  const override = schedule.overrides?.findLast(
    ({ start, end }) => Date.parse(start) <= at && at < Date.parse(end),
  );
  if (override) return [override.user.id];
  for (const layer of schedule.schedule_layers) {
    if (at < Date.parse(layer.start) || (layer.end && at >= Date.parse(layer.end))) continue;
    const local = wallSeconds(at, schedule.time_zone);
    const restrictions = layer.restrictions ?? [];
    const onDuty = restrictions.some(({ type, start_time_of_day, duration_seconds, start_day_of_week }) => {
      const daily = type === "daily_restriction";
      const start = secondsOf(start_time_of_day) + (daily ? 0 : ((start_day_of_week ?? 1) - 1) * daySeconds);
      return (
        into(daily ? local : mondayBased(local), start, daily ? daySeconds : weekSeconds) < duration_seconds
      );
    });
    if (restrictions.length > 0 && !onDuty) continue;
    const first = wallSeconds(Date.parse(layer.rotation_virtual_start), schedule.time_zone);
    const turn = Math.floor((local - first) / layer.rotation_turn_length_seconds);
    const { length } = layer.users;
    const user = layer.users[((turn % length) + length) % length];
    if (user) return [user.user.id];
  }
  return [];
}

interface Clock {
  readonly startHour: number;
  readonly startMin: number;
  readonly endHour: number;
  readonly endMin: number;
}

export interface OpsgenieSchedule {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly rotations: readonly {
    readonly id: string;
    readonly startDate: string;
    readonly endDate?: string;
    readonly type: string;
    readonly length: number;
    readonly participants: readonly { readonly type: string; readonly id?: string }[];
    readonly timeRestriction?: {
      readonly type: string;
      readonly restriction?: Clock;
      readonly restrictions?: readonly (Clock & { readonly startDay: string; readonly endDay: string })[];
    };
  }[];
  readonly overrides?: readonly {
    readonly user: { readonly id?: string };
    readonly startDate: string;
    readonly endDate: string;
    readonly rotations?: readonly { readonly id: string }[];
  }[];
}

const daysOfWeek = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * Returns IDs. Every rotation has someone on call, and overrides replace people in the rotations that they
 * name.
 */
export function onCallInOpsgenie(schedule: OpsgenieSchedule, at: number): string[] {
  const local = wallSeconds(at, schedule.timezone);
  const found = schedule.rotations.flatMap((rotation) => {
    if (at < Date.parse(rotation.startDate) || (rotation.endDate && at >= Date.parse(rotation.endDate)))
      return [];
    const override = schedule.overrides?.find(
      ({ startDate, endDate, rotations = [] }) =>
        Date.parse(startDate) <= at &&
        at < Date.parse(endDate) &&
        (rotations.length === 0 || rotations.some(({ id }) => id === rotation.id)),
    );
    if (override) return [override.user.id ?? ""];
    const { timeRestriction, participants, length, type } = rotation;
    if (timeRestriction && !inHours(timeRestriction, local)) return [];
    const unit = { hourly: 3_600, daily: daySeconds, weekly: weekSeconds }[type] ?? 0;
    const turn = Math.floor(
      (local - wallSeconds(Date.parse(rotation.startDate), schedule.timezone)) / (unit * length),
    );
    return [participants[turn % participants.length]?.id ?? ""];
  });
  return [...new Set(found)].toSorted();
}

function inHours(
  { restriction, restrictions = [] }: NonNullable<OpsgenieSchedule["rotations"][number]["timeRestriction"]>,
  local: number,
): boolean {
  if (restriction) {
    const [start, end] = [
      restriction.startHour * 3_600 + restriction.startMin * 60,
      restriction.endHour * 3_600 + restriction.endMin * 60,
    ];
    return into(local, start, daySeconds) < (end > start ? end - start : end - start + daySeconds);
  }
  return restrictions.some(({ startDay, startHour, startMin, endDay, endHour, endMin }) => {
    const start = daysOfWeek.indexOf(startDay) * daySeconds + startHour * 3_600 + startMin * 60;
    const end = daysOfWeek.indexOf(endDay) * daySeconds + endHour * 3_600 + endMin * 60;
    return (
      into(mondayBased(local), start, weekSeconds) < (end > start ? end - start : end - start + weekSeconds)
    );
  });
}

export interface GrafanaShift {
  readonly id: string;
  readonly type: string;
  readonly time_zone?: string | null;
  readonly level?: number | null;
  readonly start: string;
  readonly duration: number;
  readonly frequency?: string;
  readonly interval?: number | null;
  readonly week_start?: string;
  readonly by_day?: readonly string[] | null;
  readonly users?: readonly string[];
  readonly rolling_users?: readonly (readonly string[])[];
  readonly start_rotation_from_user_index?: number;
}

const dayCodes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/**
 * Returns IDs. The highest level with someone wins, and overrides are above all levels. Covers events that
 * started in the last 40 days.
 */
export function onCallInGrafana(shifts: readonly GrafanaShift[], timezone: string, at: number): string[] {
  const found = shifts.flatMap((shift) => {
    const local = wallSeconds(at, shift.time_zone ?? timezone);
    const level = shift.type === "override" ? 99 : (shift.level ?? 0);
    return peopleOf(shift, local).map((id) => ({ id, level }));
  });
  const highest = Math.max(...found.map(({ level }) => level));
  return [...new Set(found.filter(({ level }) => level === highest).map(({ id }) => id))].toSorted();
}

function peopleOf(shift: GrafanaShift, local: number): readonly string[] {
  const start = Date.parse(`${shift.start}Z`) / 1_000;
  const { frequency, by_day, duration, interval, users = [], rolling_users = [users] } = shift;
  if (!frequency) return local >= start && local < start + duration ? rolling_users.flat() : [];
  const from = shift.start_rotation_from_user_index ?? 0;
  const queue = [...rolling_users.slice(from), ...rolling_users.slice(0, from)];
  const step = by_day
    ? daySeconds
    : ({ hourly: 3_600, daily: daySeconds, weekly: weekSeconds }[frequency] ?? 0) * (interval ?? 1);
  const weekStart = dayCodes.indexOf(shift.week_start ?? "SU") * daySeconds;
  const weekOf = (second: number) => Math.floor((mondayBased(second, false) - weekStart) / weekSeconds);
  const people: string[] = [];
  const earliest = Math.max(0, Math.floor((local - start) / step) - 40);
  for (let count = earliest; start + count * step <= local; count += 1) {
    const begins = start + count * step;
    if (local >= begins + duration) continue;
    if (by_day && !by_day.includes(dayCodes[Math.floor(mondayBased(begins) / daySeconds)] ?? "")) continue;
    const turn = by_day ? weekOf(begins) - weekOf(start) : count;
    people.push(...(queue[turn % queue.length] ?? []));
  }
  return people;
}

/** Returns local wall-clock time in seconds, as if it were UTC. */
function wallSeconds(at: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(timezone, format);
  }
  return Date.parse(`${format.format(at).replace(" ", "T")}Z`) / 1_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns seconds since Monday 00:00, within a week if it wraps. */
function mondayBased(seconds: number, wraps = true): number {
  // January 1, 1970 was a Thursday.
  const since = seconds + 3 * daySeconds;
  return wraps ? ((since % weekSeconds) + weekSeconds) % weekSeconds : since;
}

function into(seconds: number, start: number, period: number): number {
  return (((seconds - start) % period) + period) % period;
}

function secondsOf(time: string): number {
  const [hour = 0, minute = 0, second = 0] = time.split(":").map(Number);
  return hour * 3_600 + minute * 60 + second;
}
