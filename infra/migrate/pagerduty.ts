/** PagerDuty's REST API v2: users, schedules with their layers, escalation policies, services. */
import * as z from "zod";
import { instantInput as instant } from "../../shared/contracts/fields.ts";
import { timezone } from "../../shared/contracts/oncall/local.ts";
import { type Weekday, wallClockAt, weekdays } from "../../shared/domain/wall-clock.ts";
import { type ExportRecords, readAll } from "./export-records.ts";
import type { Hours } from "./hours.ts";
import {
  type ImportedConfiguration,
  type ImportedLayer,
  type ImportedPerson,
  type ImportedPolicy,
  type ImportedSchedule,
  type ImportedTarget,
  type ImportWarning,
  importOrWarn,
  Unsupported,
} from "./imported.ts";
import { serviceFrom, serviceSchema } from "./pagerduty-services.ts";
import {
  type ContactMethodDraft,
  type Directory,
  importPerson,
  memberOf,
  unsupportedContactMethod,
} from "./people.ts";
import { hourlyWarning, isOver, layerOf } from "./rotation.ts";

export const pagerdutyKinds = ["users", "schedules", "escalation_policies", "services", "overrides"];

const reference = z.object({ id: z.string(), type: z.string().optional(), summary: z.string().nullish() });

/** Without `include[]`, the API returns references instead of contact methods and rules. */
const contactMethod = reference.extend({
  address: z.string().min(1),
  country_code: z.number().nullish().catch(undefined),
});
const notificationRule = z.object({
  start_delay_in_minutes: z.number(),
  urgency: z.string().default("high"),
  contact_method: reference,
});

const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  time_zone: z.string().nullish(),
  contact_methods: z.array(z.union([contactMethod, reference])).nullish(),
  notification_rules: z.array(z.union([notificationRule, reference])).nullish(),
});

const restrictionSchema = z.object({
  type: z.enum(["daily_restriction", "weekly_restriction"]),
  start_time_of_day: z.string().regex(/^\d\d:\d\d(:\d\d)?$/),
  duration_seconds: z.number(),
  start_day_of_week: z.int().min(1).max(7).optional(),
});

const layerSchema = z.object({
  name: z.string().nullish(),
  start: instant,
  end: instant.nullish(),
  rotation_virtual_start: instant,
  rotation_turn_length_seconds: z.number(),
  users: z.array(z.object({ user: reference })),
  restrictions: z.array(restrictionSchema).default([]),
});

const overrideSchema = z.object({ id: z.string(), start: instant, end: instant, user: reference });

const scheduleSchema = z.object({
  id: z.string(),
  name: z.string(),
  time_zone: timezone,
  schedule_layers: z.array(layerSchema),
  overrides: z.array(overrideSchema).default([]),
});

const policySchema = z.object({
  id: z.string(),
  name: z.string(),
  num_loops: z.number().default(0),
  escalation_rules: z.array(
    z.object({
      escalation_delay_in_minutes: z.number(),
      targets: z.array(reference),
      escalation_rule_assignment_strategy: z
        .union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
        .nullish(),
    }),
  ),
});

/** @param now epoch milliseconds; expired items are not imported */
export function fromPagerduty(records: ExportRecords, now: number): ImportedConfiguration {
  const warnings: ImportWarning[] = [];
  const people = new Map<string, ImportedPerson>();
  for (const user of readAll(records, "users", userSchema, warnings)) {
    const person = importOrWarn(warnings, () => personFrom(user, warnings));
    if (person) people.set(user.id, person);
  }
  const directory: Directory = new Map(
    [...people].map(([id, { email, body }]) => [id, { email, name: body.name }]),
  );
  const loose = readAll(records, "overrides", overrideSchema.extend({ schedule: reference }), warnings);
  const schedules = readAll(records, "schedules", scheduleSchema, warnings).flatMap((schedule) => {
    const own = loose.filter((override) => override.schedule.id === schedule.id);
    const overrides = [...schedule.overrides, ...own];
    return (
      importOrWarn(warnings, () => scheduleFrom({ ...schedule, overrides }, directory, now, warnings)) ?? []
    );
  });
  const policies = readAll(records, "escalation_policies", policySchema, warnings).map((policy) =>
    policyFrom(policy, directory, warnings),
  );
  const services = readAll(records, "services", serviceSchema, warnings).map((service) =>
    serviceFrom(service, warnings),
  );
  return { people: [...people.values()], schedules, policies, services, warnings };
}

function personFrom(user: z.output<typeof userSchema>, warnings: ImportWarning[]): ImportedPerson {
  const methods = user.contact_methods?.filter((method) => "address" in method);
  const rules = user.notification_rules?.filter((rule) => "contact_method" in rule);
  const isWhole = !isShorter(methods, user.contact_methods) && !isShorter(rules, user.notification_rules);
  if (!methods || !isWhole)
    warnings.push({
      kind: "changed",
      what: `user ${user.email}`,
      why: "has only name and email; the export only references contact methods or rules",
      instead:
        "Export users again with include[]=contact_methods and include[]=notification_rules: see docs/migration.md.",
    });
  const contactMethods = (methods ?? []).flatMap(
    ({ id, type, address, country_code }): ContactMethodDraft[] => {
      if (type?.startsWith("email")) return [{ key: id, channel: "email", address }];
      const channel = type?.startsWith("sms") ? "sms" : type?.startsWith("phone") ? "voice" : undefined;
      if (channel)
        return [{ key: id, channel, address: `+${country_code ?? 1}${address.replaceAll(/\D/g, "")}` }];
      warnings.push(
        unsupportedContactMethod(
          user.email,
          (type ?? "something").replace(/_contact_method.*$/, "").replaceAll("_", " "),
        ),
      );
      return [];
    },
  );
  const rulesOf = (wanted: "high" | "low") =>
    (rules ?? [])
      .filter(({ urgency }) => (urgency === "low") === (wanted === "low"))
      .map(({ contact_method, start_delay_in_minutes }) => ({
        key: contact_method.id,
        delaySeconds: start_delay_in_minutes * 60,
      }));
  return importPerson(
    {
      name: user.name,
      email: user.email,
      timezone: user.time_zone ?? undefined,
      contactMethods,
      rules: rulesOf("high"),
      lowUrgencyRules: rulesOf("low"),
    },
    warnings,
  );
}

function isShorter(some: readonly unknown[] = [], all: readonly unknown[] | null = []): boolean {
  return some.length < (all?.length ?? 0);
}

function scheduleFrom(
  schedule: z.output<typeof scheduleSchema>,
  people: Directory,
  now: number,
  warnings: ImportWarning[],
): ImportedSchedule {
  const { id, name, time_zone } = schedule;
  // The API lists the winning layer first.
  const slot = schedule.schedule_layers
    .toReversed()
    .flatMap((layer) => layerFrom(layer, schedule, people, now, warnings) ?? []);
  if (slot.length === 0)
    throw new Unsupported(`schedule "${name}"`, "has no one on call from now on", "Leave it out.");
  const overrides = schedule.overrides
    .filter(({ end }) => end > now)
    .flatMap((override) => {
      const { start, end, user } = override;
      const what = `schedule "${name}", override ${override.id}`;
      const member = importOrWarn(warnings, () => memberOf(people, user.id, user.summary ?? undefined, what));
      return member ? [{ id: override.id, ...member, start, end, roleSlots: [0] }] : [];
    });
  return { id, name, timezone: time_zone, roleSlots: [slot], overrides };
}

function layerFrom(
  layer: z.output<typeof layerSchema>,
  schedule: z.output<typeof scheduleSchema>,
  people: Directory,
  now: number,
  warnings: ImportWarning[],
): ImportedLayer | undefined {
  const name = layer.name?.trim() || "Layer";
  const what = `schedule "${schedule.name}", layer "${name}"`;
  if (layer.users.length === 0 || isOver(what, layer.end ?? undefined, now)) return undefined;
  const { unit, length } = shiftLengthOf(layer.rotation_turn_length_seconds, what);
  const timezone = schedule.time_zone;
  const rotation = {
    what,
    name,
    timezone,
    members: layer.users.map(({ user }) => memberOf(people, user.id, user.summary ?? undefined, what)),
    unit,
    length,
    anchor: wallClockAt(layer.rotation_virtual_start, timezone),
    from: layer.start,
    hours: layer.restrictions.map((restriction) => hoursOf(restriction, what)),
  };
  const imported = layerOf(rotation, now);
  warnings.push(...hourlyWarning(rotation));
  return imported;
}

function shiftLengthOf(seconds: number, what: string) {
  const units = [
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3_600],
  ] as const;
  for (const [unit, size] of units) if (seconds % size === 0) return { unit, length: seconds / size };
  throw new Unsupported(what, `has shifts of ${seconds} s`, "Use shifts of whole hours.");
}

function hoursOf(restriction: z.output<typeof restrictionSchema>, what: string): Hours {
  const [hour = 0, minute = 0, second = 0] = restriction.start_time_of_day.split(":").map(Number);
  const minutes = restriction.duration_seconds / 60;
  if (second !== 0 || !Number.isInteger(minutes))
    throw new Unsupported(what, "has start or end times with seconds", "Use whole minutes.");
  const number = restriction.start_day_of_week;
  const weekly = restriction.type === "weekly_restriction";
  const day: Weekday | null = weekly ? (weekdays[(number ?? 1) - 1] ?? null) : null;
  return { day, startMinute: hour * 60 + minute, minutes };
}

function policyFrom(
  policy: z.output<typeof policySchema>,
  people: Directory,
  warnings: ImportWarning[],
): ImportedPolicy {
  const what = `escalation policy "${policy.name}"`;
  const levels = policy.escalation_rules.map((rule, index) => {
    const level = `${what}, level ${index + 1}`;
    if (rule.escalation_rule_assignment_strategy === "round_robin")
      warnings.push({
        kind: "changed",
        what: level,
        why: "uses round robin; this platform pages all of its targets",
        instead: "Create a rotation of these people.",
      });
    return {
      delaySeconds: rule.escalation_delay_in_minutes * 60,
      targets: rule.targets.flatMap(({ id, type, summary }): ImportedTarget[] => {
        if (type?.startsWith("schedule")) return [{ type: "schedule", id, name: summary ?? id }];
        const member = importOrWarn(warnings, () => memberOf(people, id, summary ?? undefined, level));
        return member ? [{ type: "user", email: member.email }] : [];
      }),
    };
  });
  return { id: policy.id, name: policy.name, team: policy.name, levels, repeat: policy.num_loops };
}
