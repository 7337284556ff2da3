/** Grafana OnCall's API v1: users, schedules and their shifts, escalation chains, integrations. */
import * as z from "zod";
import { timezone } from "../../shared/contracts/oncall/local.ts";
import { dayMs } from "../../shared/domain/time-units.ts";
import {
  daysFrom,
  firstInstantOf,
  formatDate,
  startOfDay,
  type WallClock,
  type Weekday,
  weekdayOf,
  weekdays,
} from "../../shared/domain/wall-clock.ts";
import { type ExportRecords, readAll } from "./export-records.ts";
import { type Hours, meet } from "./hours.ts";
import {
  type ImportedConfiguration,
  type ImportedLayer,
  type ImportedOverride,
  type ImportedPerson,
  type ImportedPolicy,
  type ImportedSchedule,
  type ImportedService,
  type ImportedTarget,
  type ImportWarning,
  importOrWarn,
  Unsupported,
} from "./imported.ts";
import { type Directory, importPerson, memberOf, unsupportedContactMethod } from "./people.ts";
import { hourlyWarning, isOver, layerOf, sideBySide } from "./rotation.ts";

export const grafanaKinds = [
  "users",
  "personal_notification_rules",
  "schedules",
  "on_call_shifts",
  "escalation_chains",
  "escalation_policies",
  "integrations",
  "routes",
];

/** Local time in the shift's time zone, without an offset. */
const local = z.string().transform((text, context): WallClock => {
  const at = Date.parse(`${text.slice(0, 19)}Z`);
  if (!Number.isNaN(at)) return at;
  context.addIssue("must be a local time like 2026-01-05T09:00:00");
  return z.NEVER;
});

const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  username: z.string(),
  timezone: z.string().nullish(),
});

const ruleSchema = z.object({
  user_id: z.string(),
  position: z.number().default(0),
  important: z.boolean().default(false),
  type: z.string().nullish(),
  duration: z.number().nullish(),
});

const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const dayCodes: readonly string[] = days;

const shiftSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(["single_event", "recurrent_event", "rolling_users", "override"]),
  time_zone: timezone.nullish(),
  level: z.number().nullish(),
  start: local,
  rotation_start: local.nullish(),
  until: local.nullish(),
  duration: z.number(),
  frequency: z.enum(["hourly", "daily", "weekly", "monthly"]).nullish(),
  interval: z.number().nullish(),
  week_start: z.enum(days).nullish(),
  by_day: z.array(z.string()).nullish(),
  by_month: z.array(z.number()).nullish(),
  by_monthday: z.array(z.number()).nullish(),
  users: z.array(z.string()).nullish(),
  rolling_users: z.array(z.array(z.string())).nullish(),
  start_rotation_from_user_index: z.int().min(0).nullish(),
});

const scheduleSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  time_zone: timezone.nullish(),
  shifts: z.array(z.string()).nullish(),
  ical_url_overrides: z.string().nullish(),
});

const chainSchema = z.object({ id: z.string(), name: z.string() });

const stepSchema = z.object({
  escalation_chain_id: z.string(),
  position: z.number(),
  type: z.string().nullish(),
  duration: z.number().nullish(),
  persons_to_notify: z.array(z.string()).nullish(),
  persons_to_notify_next_each_time: z.array(z.string()).nullish(),
  notify_on_call_from_schedule: z.string().nullish(),
});

const integrationSchema = z.object({
  id: z.string(),
  name: z.string(),
  default_route: z.object({ escalation_chain_id: z.string().nullish() }).nullish(),
});

const routeSchema = z.object({
  integration_id: z.string(),
  escalation_chain_id: z.string().nullish(),
  routing_regex: z.string().nullish(),
  is_the_last_route: z.boolean().default(false),
});

type Shift = z.output<typeof shiftSchema>;
type Schedule = z.output<typeof scheduleSchema>;

/** Context for the conversion of a shift. */
interface Around {
  readonly schedule: Schedule;
  readonly people: Directory;
  readonly now: number;
  readonly warnings: ImportWarning[];
}

/** @param now epoch milliseconds; expired items are not imported */
export function fromGrafanaOnCall(records: ExportRecords, now: number): ImportedConfiguration {
  const warnings: ImportWarning[] = [];
  const rules = readAll(records, "personal_notification_rules", ruleSchema, warnings);
  const found = new Map<string, ImportedPerson>();
  for (const user of readAll(records, "users", userSchema, warnings)) {
    const own = rules.filter(({ user_id }) => user_id === user.id);
    const person = importOrWarn(warnings, () => personFrom(user, own, warnings));
    if (person) found.set(user.id, person);
  }
  const people: Directory = new Map(
    [...found].map(([id, { email, body }]) => [id, { email, name: body.name }]),
  );
  const shifts = new Map(
    readAll(records, "on_call_shifts", shiftSchema, warnings).map((shift) => [shift.id, shift]),
  );
  const exported = readAll(records, "schedules", scheduleSchema, warnings);
  const names = new Map(exported.map(({ id, name }) => [id, name]));
  const schedules = exported.flatMap(
    (schedule) =>
      importOrWarn(warnings, () => scheduleFrom(shifts, { schedule, people, now, warnings })) ?? [],
  );
  const steps = readAll(records, "escalation_policies", stepSchema, warnings);
  const policies = readAll(records, "escalation_chains", chainSchema, warnings).map((chain) => {
    const own = steps.filter(({ escalation_chain_id }) => escalation_chain_id === chain.id);
    return policyFrom(
      chain,
      own.toSorted((a, b) => a.position - b.position),
      people,
      names,
      warnings,
    );
  });
  const routes = readAll(records, "routes", routeSchema, warnings);
  const services = readAll(records, "integrations", integrationSchema, warnings).map((integration) =>
    serviceFrom(
      integration,
      routes.filter((route) => route.integration_id === integration.id),
      warnings,
    ),
  );
  return { people: [...found.values()], schedules, policies, services, warnings };
}

function personFrom(
  { email, username, timezone }: z.output<typeof userSchema>,
  rules: readonly z.output<typeof ruleSchema>[],
  warnings: ImportWarning[],
): ImportedPerson {
  const what = `user ${email || username}`;
  let delaySeconds = 0;
  const kept: { key: string; delaySeconds: number }[] = [];
  for (const { type, duration } of rules
    .filter(({ important }) => !important)
    .toSorted((a, b) => a.position - b.position)) {
    if (type === "wait") delaySeconds += duration ?? 0;
    else if (type === "notify_by_email") kept.push({ key: "email", delaySeconds });
    else
      warnings.push(
        unsupportedContactMethod(email, (type ?? "something").replace("notify_by_", "").replaceAll("_", " ")),
      );
  }
  if (rules.some(({ important }) => important))
    warnings.push({
      kind: "left",
      what,
      why: "has rules for important notifications, but this platform has a single set of rules",
      instead: "Add their steps to the person's rules if they should always apply.",
    });
  return importPerson(
    {
      name: username,
      email,
      timezone: timezone ?? undefined,
      contactMethods: [{ key: "email", channel: "email", address: email }],
      rules: kept,
    },
    warnings,
  );
}

function scheduleFrom(all: ReadonlyMap<string, Shift>, around: Around): ImportedSchedule {
  const { schedule, now, warnings } = around;
  const { id, name } = schedule;
  const what = `schedule "${name}"`;
  if (schedule.type === "ical")
    throw new Unsupported(
      what,
      "comes from an external calendar",
      "Create a rotation, or list people in the policy.",
    );
  if (schedule.ical_url_overrides)
    warnings.push({
      kind: "left",
      what,
      why: "uses overrides from an external calendar",
      instead: "Create upcoming ones with POST /api/v1/oncall/override.",
    });
  const shifts = (schedule.shifts ?? []).map((shiftId) => {
    const shift = all.get(shiftId);
    if (shift) return shift;
    throw new Unsupported(
      what,
      `has shift ${shiftId}, which is not in the export`,
      "Export on_call_shifts again.",
    );
  });
  const zones = new Set(
    shifts.filter(({ type }) => type !== "override").map((shift) => zoneOf(shift, schedule)),
  );
  if (zones.size > 1)
    throw new Unsupported(
      what,
      `has shifts in ${[...zones].join(" and ")}`,
      "Use one time zone for all of them.",
    );
  const [zone = schedule.time_zone ?? "UTC"] = zones;
  const rotation = shifts
    .filter(({ type }) => type === "recurrent_event" || type === "rolling_users")
    .flatMap((shift) => rotationFrom(shift, around) ?? []);
  if (rotation.length === 0)
    throw new Unsupported(what, "has no shift that recurs from now on", "Leave it out.");
  const roleSlots = roleSlotsOf(what, rotation);
  const highest = Math.max(...rotation.map(({ level }) => level));
  const overrides = shifts.flatMap((shift) => overridesFrom(shift, highest, roleSlots.length, around));
  return { id, name, timezone: zone, roleSlots, overrides: overrides.filter(({ end }) => end > now) };
}

function zoneOf(shift: Shift, schedule: Schedule): string {
  return shift.time_zone ?? schedule.time_zone ?? "UTC";
}

/** A shift's rotation: the first person of each group, or also the last one for groups of two. */
interface ShiftRotation {
  readonly level: number;
  readonly roleSlots: readonly ImportedLayer[];
}

function rotationFrom(shift: Shift, around: Around): ShiftRotation | undefined {
  const { schedule, people, now, warnings } = around;
  const what = `schedule "${schedule.name}", shift "${shift.name}"`;
  const timezone = zoneOf(shift, schedule);
  const until = shift.until ?? undefined;
  if (isOver(what, until === undefined ? undefined : firstInstantOf(until, timezone), now)) return undefined;
  const groups = roleGroupsOf(shift);
  const width = Math.max(0, ...groups.map((group) => group.length));
  if (width === 0 || groups.some((group) => group.length === 0))
    throw new Unsupported(what, "has a group without users", "Add a user, or leave these hours free.");
  if (width > 2)
    throw new Unsupported(
      what,
      `has ${width} people on call at once; a team has only a primary and a secondary`,
      "Use groups of at most two people.",
    );
  const pattern = patternOf(shift, groups.length, timezone, what);
  const roleSlots = Array.from({ length: width }, (_, slot) => {
    const members = groups.map((group) => memberOf(people, group.at(-slot) ?? "", undefined, what));
    return layerOf({ what, name: shift.name, timezone, members, ...pattern }, now);
  });
  warnings.push(...hourlyWarning({ what, timezone, unit: pattern.unit }));
  return { level: shift.level ?? 0, roleSlots };
}

function roleGroupsOf(shift: Shift): string[][] {
  if (shift.type === "recurrent_event") return [[...new Set(shift.users ?? [])]];
  const groups = (shift.rolling_users ?? []).map((group) => [...new Set(group)]);
  const first = shift.start_rotation_from_user_index ?? 0;
  return [...groups.slice(first), ...groups.slice(0, first)];
}

const units = { hourly: "hour", daily: "day", weekly: "week" } as const;
const unitMinutes = { hour: 60, day: 1_440, week: 10_080 };

/**
 * Returns the start of shifts and their hours. A shift starts at `start` and every `interval` after it. With
 * `by_day`, it is a week that starts on `week_start`.
 */
function patternOf(shift: Shift, groups: number, timezone: string, what: string) {
  const { start, frequency, by_month, by_monthday } = shift;
  const refuse = (why: string) => new Unsupported(what, why, "Use daily or weekly shifts.");
  if (!frequency || frequency === "monthly" || by_month?.length || by_monthday?.length)
    throw refuse("has monthly shifts");
  const unit = units[frequency];
  const length = shift.interval ?? 1;
  const minutes = shift.duration / 60;
  if (!Number.isInteger(minutes) || minutes < 1) throw refuse(`lasts ${shift.duration} s`);
  const from = firstInstantOf(Math.max(start, shift.rotation_start ?? start), timezone);
  const startMinute = (start - startOfDay(start)) / 60_000;
  const on = (shift.by_day ?? []).map((code) => {
    const day = weekdays[dayCodes.indexOf(code)];
    if (day) return day;
    throw refuse(`is on ${code}`);
  });
  if (on.length === 0) {
    const shiftMinutes = length * unitMinutes[unit];
    const isContinuous = minutes === shiftMinutes || (groups === 1 && minutes > shiftMinutes);
    if (!isContinuous && minutes > shiftMinutes) throw refuse("has shifts that overlap");
    if (!isContinuous && (length !== 1 || unit === "hour"))
      throw refuse("leaves a gap between shifts of several days or of hours");
    const hours = isContinuous
      ? []
      : [{ day: unit === "day" ? null : weekdayOf(start), startMinute, minutes }];
    return { unit, length, anchor: start, from, hours };
  }
  if (length !== 1 || unit === "hour" || (unit === "day" && groups > 1))
    throw refuse("combines days of the week with another shift length");
  if (groups > 1 && minutes > unitMinutes.day) throw refuse("has days that overlap");
  const hours = on.map((day): Hours => ({ day, startMinute, minutes }));
  const weekStart = weekdays[dayCodes.indexOf(shift.week_start ?? "SU")] ?? "sunday";
  const into = daysFrom(weekStart, weekdayOf(start));
  const anchor = start - into * dayMs;
  const inTime = firstOf(on, weekStart) === weekdayOf(start) && (shift.rotation_start ?? start) <= start;
  return {
    unit: "week" as const,
    length: 1,
    anchor,
    from: inTime ? firstInstantOf(anchor, timezone) : from,
    hours,
  };
}

function firstOf(on: readonly Weekday[], weekStart: Weekday): Weekday | undefined {
  return on.toSorted((a, b) => daysFrom(weekStart, a) - daysFrom(weekStart, b))[0];
}

/** A level replaces all lower ones. Within a level, everyone is on call together. */
function roleSlotsOf(what: string, rotation: readonly ShiftRotation[]): ImportedLayer[][] {
  const levels = [...new Set(rotation.map(({ level }) => level))].toSorted((a, b) => a - b);
  const byLevel = levels.map((level, height) => {
    const own = rotation.filter((each) => each.level === level).map(({ roleSlots }) => roleSlots);
    if (height === 0) return sideBySide(what, own.flat());
    const hours = own.map(([first]) => first?.hours ?? []);
    if (hours.some((one, index) => hours.slice(index + 1).some((other) => meet(one, other))))
      throw new Unsupported(
        what,
        `has shifts of level ${level} that overlap above others`,
        "Put them on separate levels.",
      );
    return [
      own.flatMap((roleSlots) => roleSlots.slice(0, 1)),
      own.flatMap((roleSlots) => roleSlots.slice(-1)),
    ];
  });
  const both = rotation.some(({ roleSlots }) => roleSlots.length > 1) || (byLevel[0]?.length ?? 1) > 1;
  return [0, 1]
    .slice(0, both ? 2 : 1)
    .map((slot) => byLevel.flatMap((roleSlots) => roleSlots[slot] ?? roleSlots[0] ?? []));
}

function overridesFrom(shift: Shift, highest: number, roleSlots: number, around: Around): ImportedOverride[] {
  const { schedule, people, now, warnings } = around;
  if (shift.type !== "override" && shift.type !== "single_event") return [];
  const what = `schedule "${schedule.name}", ${shift.type.replace("_", " ")} "${shift.name}"`;
  const zone = zoneOf(shift, schedule);
  const start = firstInstantOf(shift.start, zone);
  const end = start + shift.duration * 1_000;
  if (end <= now) return [];
  const made = importOrWarn(warnings, () => {
    const [user = "", ...more] = new Set([...(shift.users ?? []), ...(shift.rolling_users ?? []).flat()]);
    if (more.length > 0)
      throw new Unsupported(
        what,
        "is for several people",
        "Create an override for each role on this platform.",
      );
    if (shift.type === "single_event" && (shift.level ?? 0) <= highest)
      throw new Unsupported(
        what,
        "is on call together with others",
        `Create an override on this platform for ${formatDate(shift.start)}.`,
      );
    const member = memberOf(people, user, undefined, what);
    return {
      id: shift.name,
      ...member,
      start,
      end,
      roleSlots: Array.from({ length: roleSlots }, (_, slot) => slot),
    };
  });
  return made ? [made] : [];
}

/** Maximum repeats of an escalation in Grafana OnCall. */
const repeats = 5;

function policyFrom(
  chain: z.output<typeof chainSchema>,
  steps: readonly z.output<typeof stepSchema>[],
  people: Directory,
  schedules: ReadonlyMap<string, string>,
  warnings: ImportWarning[],
): ImportedPolicy {
  const what = `escalation chain "${chain.name}"`;
  const warning = (kind: ImportWarning["kind"], why: string, instead: string) =>
    warnings.push({ kind, what, why, instead });
  const levels: { targets: ImportedTarget[]; delaySeconds: number }[] = [];
  let repeat = 0;
  for (const step of steps) {
    const last = levels.at(-1);
    const type = step.type ?? "nothing";
    if (type === "wait") {
      if (last) last.delaySeconds += step.duration ?? 0;
      else
        warning(
          "changed",
          `waits ${step.duration} s first; this platform pages the first level immediately`,
          "No action is needed, unless the wait is meant for problems that resolve themselves.",
        );
    } else if (type === "repeat_escalation") {
      repeat = repeats;
    } else if (
      ["notify_persons", "notify_person_next_each_time", "notify_on_call_from_schedule"].includes(type)
    ) {
      if (type === "notify_person_next_each_time")
        warning(
          "changed",
          "pages a different person each time; this platform pages all of them",
          "Create a rotation of these people.",
        );
      const targets = targetsOf(step, what, people, schedules, warnings);
      if (last && last.delaySeconds === 0) last.targets.push(...targets);
      else levels.push({ targets, delaySeconds: 0 });
    } else {
      warning(
        "left",
        `has the step ${type}; this platform's levels page people and schedules`,
        "See docs/on-call.md and docs/integrations.md for alternatives.",
      );
    }
  }
  const last = levels.at(-1);
  if (last && last.delaySeconds === 0) {
    last.delaySeconds = repeat > 0 ? 60 : 300;
    if (repeat > 0)
      warning(
        "changed",
        "repeats without a wait; this platform waits 60 s after its last level",
        "Set delay_seconds of that level.",
      );
  }
  return { ...chain, team: chain.name, levels, repeat };
}

function targetsOf(
  step: z.output<typeof stepSchema>,
  what: string,
  people: Directory,
  schedules: ReadonlyMap<string, string>,
  warnings: ImportWarning[],
): ImportedTarget[] {
  const schedule = step.notify_on_call_from_schedule;
  if (schedule) return [{ type: "schedule", id: schedule, name: schedules.get(schedule) ?? schedule }];
  const persons = step.persons_to_notify ?? step.persons_to_notify_next_each_time ?? [];
  return persons.flatMap((id): ImportedTarget[] => {
    const member = importOrWarn(warnings, () => memberOf(people, id, undefined, what));
    return member ? [{ type: "user", email: member.email }] : [];
  });
}

function serviceFrom(
  { name, default_route }: z.output<typeof integrationSchema>,
  routes: readonly z.output<typeof routeSchema>[],
  warnings: ImportWarning[],
): ImportedService {
  for (const route of routes.filter(({ is_the_last_route }) => !is_the_last_route))
    warnings.push({
      kind: "left",
      what: `integration "${name}", route "${route.routing_regex ?? ""}"`,
      why: "routes alerts by a pattern",
      instead: "Create a routing rule that assigns these alerts to the other team.",
    });
  const last = routes.find(({ is_the_last_route }) => is_the_last_route);
  return { name, owner: default_route?.escalation_chain_id ?? last?.escalation_chain_id ?? "" };
}
