/** Opsgenie: responses of its API v2, or the folder written by opsgenie-configuration-backup. */
import * as z from "zod";
import { instantInput } from "../../shared/contracts/fields.ts";
import { timezone } from "../../shared/contracts/oncall/local.ts";
import { wallClockAt, weekdays } from "../../shared/domain/wall-clock.ts";
import { type ExportRecords, readAll } from "./export-records.ts";
import { type Hours, hoursAcross, hoursBetween } from "./hours.ts";
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
import {
  type ContactMethodDraft,
  type Directory,
  importPerson,
  memberOf,
  unsupportedContactMethod,
} from "./people.ts";
import { policyOfSchedule } from "./plan.ts";
import { hourlyWarning, isOver, layerOf, sideBySide } from "./rotation.ts";

export const opsgenieKinds = [
  "users",
  "teams",
  "schedules",
  "scheduleOverrides",
  "escalations",
  "services",
  "integrations",
];

const instant = z.union([instantInput, z.number()]);
const participant = z.object({
  type: z.string(),
  id: z.string().nullish(),
  username: z.string().nullish(),
  name: z.string().nullish(),
});
const reference = z.object({ id: z.string(), name: z.string().nullish() });
const duration = z.object({ timeAmount: z.number(), timeUnit: z.string().default("minutes") });

const ruleSchema = z.object({
  name: z.string().default("rule"),
  actionType: z.string(),
  enabled: z.boolean().default(true),
  criteria: z.object({ type: z.string() }).nullish(),
  timeRestriction: z.unknown().optional(),
  steps: z
    .array(
      z.object({
        contact: z.object({ method: z.string(), to: z.string().nullish() }),
        sendAfter: duration.nullish(),
        enabled: z.boolean().default(true),
      }),
    )
    .default([]),
});

/** The backup wraps each item together with its dependents. */
const unwrapped = (key: string, beside: Readonly<Record<string, string>>) => (value: unknown) => {
  const outer = z.record(z.string(), z.unknown()).safeParse(value).data;
  const inner = z.record(z.string(), z.unknown()).safeParse(outer?.[key]).data;
  if (!outer || !inner) return value;
  return {
    ...inner,
    ...Object.fromEntries(Object.entries(beside).map(([from, to]) => [to, outer[from] ?? inner[to]])),
  };
};

const userSchema = z.preprocess(
  unwrapped("user", { notificationRuleList: "notificationRules" }),
  z.object({
    id: z.string(),
    username: z.string(),
    fullName: z.string().default(""),
    blocked: z.boolean().default(false),
    timeZone: z.string().nullish(),
    userContacts: z
      .array(
        z.object({
          contactMethod: z.string().optional(),
          method: z.string().optional(),
          to: z.string(),
          enabled: z.boolean().default(true),
        }),
      )
      .nullish(),
    notificationRules: z.array(ruleSchema).nullish(),
  }),
);

const clockFields = { startHour: z.int(), startMin: z.int(), endHour: z.int(), endMin: z.int() };
const lowerDay = z.string().toLowerCase().pipe(z.enum(weekdays));
const restrictionSchema = z.object({
  type: z.enum(["time-of-day", "weekday-and-time-of-day"]),
  restriction: z.object(clockFields).nullish(),
  restrictions: z.array(z.object({ ...clockFields, startDay: lowerDay, endDay: lowerDay })).nullish(),
});

const rotationSchema = z.object({
  id: z.string().default(""),
  name: z.string().nullish(),
  startDate: instant,
  endDate: instant.nullish(),
  type: z.enum(["hourly", "daily", "weekly"]),
  length: z.number().default(1),
  participants: z.array(participant),
  timeRestriction: restrictionSchema.nullish(),
});

const overrideSchema = z.object({
  alias: z.string().default("without an alias"),
  user: participant,
  startDate: instant,
  endDate: instant,
  rotations: z.array(z.object({ id: z.string() })).nullish(),
  _parent: reference.nullish(),
});

const scheduleSchema = z.preprocess(
  unwrapped("schedule", { scheduleOverrideList: "overrides" }),
  z.object({
    id: z.string(),
    name: z.string(),
    timezone,
    enabled: z.boolean().default(true),
    ownerTeam: reference.nullish(),
    rotations: z.array(rotationSchema).default([]),
    overrides: z.array(overrideSchema).nullish(),
  }),
);

const escalationSchema = z.object({
  id: z.string(),
  name: z.string(),
  ownerTeam: reference.nullish(),
  rules: z.array(
    z.object({
      condition: z.string().default("if-not-acked"),
      notifyType: z.string().default("default"),
      delay: duration.nullish(),
      recipient: participant,
    }),
  ),
  repeat: z.object({ waitInterval: z.number().nullish(), count: z.number().nullish() }).nullish(),
});

const teamSchema = z.preprocess(
  unwrapped("team", { teamRoutingRules: "routingRules" }),
  z.object({
    id: z.string(),
    name: z.string(),
    routingRules: z
      .array(
        z.object({
          name: z.string().nullish(),
          isDefault: z.boolean().default(false),
          notify: z.object({ type: z.string(), id: z.string().nullish() }).nullish(),
        }),
      )
      .nullish(),
  }),
);

const ownedSchema = z.object({
  name: z.string(),
  teamId: z.string().nullish(),
  ownerTeam: z.object({ id: z.string() }).nullish(),
});

type Schedule = z.output<typeof scheduleSchema>;
type Escalation = z.output<typeof escalationSchema>;
type Team = z.output<typeof teamSchema>;

/** @param now epoch milliseconds; expired items are not imported */
export function fromOpsgenie(records: ExportRecords, now: number): ImportedConfiguration {
  const warnings: ImportWarning[] = [];
  const people: ImportedPerson[] = [];
  const directory = new Map<string, { name: string; email: string }>();
  for (const user of readAll(records, "users", userSchema, warnings)) {
    const person = importOrWarn(warnings, () => personFrom(user, warnings));
    if (!person) continue;
    people.push(person);
    for (const key of [user.id, person.email])
      directory.set(key, { email: person.email, name: person.body.name });
  }
  const loose = readAll(records, "scheduleOverrides", overrideSchema, warnings);
  const exported = readAll(records, "schedules", scheduleSchema, warnings);
  const schedules = exported.flatMap((schedule) => {
    const own = loose.filter(({ _parent }) => _parent?.id === schedule.id);
    const overrides = [...(schedule.overrides ?? []), ...own];
    return (
      importOrWarn(warnings, () => scheduleFrom({ ...schedule, overrides }, directory, now, warnings)) ?? []
    );
  });
  const escalations = readAll(records, "escalations", escalationSchema, warnings);
  const teams = readAll(records, "teams", teamSchema, warnings);
  const policies = [
    ...escalations.map((escalation) => ({
      team: escalation.ownerTeam?.id,
      policy: policyFrom(escalation, directory, warnings),
    })),
    ...alone(schedules, escalations).map((schedule) => ({
      team: exported.find(({ id }) => id === schedule.id)?.ownerTeam?.id,
      policy: policyOfSchedule(schedule),
    })),
  ];
  const mains = new Map(teams.map((team) => [team.id, mainPolicyOf(team, policies, warnings)]));
  return {
    people,
    schedules,
    policies: policies.map(({ team, policy }) => ({
      ...policy,
      team: (mains.get(team ?? "") === policy.id && teams.find(({ id }) => id === team)?.name) || policy.team,
    })),
    services: ["services", "integrations"].flatMap((kind) =>
      readAll(records, kind, ownedSchema, warnings).map(({ name, teamId, ownerTeam }): ImportedService => {
        // Without a team, it has no owner, which is reported.
        const team = teamId ?? ownerTeam?.id ?? "";
        return { name, owner: mains.get(team) ?? team };
      }),
    ),
    warnings,
  };
}

/** Returns the team's policy that its default routing uses, or its only one. It gets the team's name. */
function mainPolicyOf(
  { id, name, routingRules }: Team,
  policies: readonly { readonly team: string | undefined; readonly policy: ImportedPolicy }[],
  warnings: ImportWarning[],
): string | undefined {
  const rules = routingRules ?? [];
  for (const rule of rules.filter(({ isDefault }) => !isDefault))
    warnings.push({
      kind: "left",
      what: `team "${name}", routing rule "${rule.name ?? "without a name"}"`,
      why: "routes alerts by conditions",
      instead: "Create a routing rule that assigns these alerts to the other team.",
    });
  const wanted = rules.find(({ isDefault }) => isDefault)?.notify?.id;
  const own = policies.filter(({ team, policy }) => team === id || policy.id === wanted);
  const main = own.find(({ policy }) => policy.id === wanted) ?? (own.length === 1 ? own[0] : undefined);
  return main?.policy.id;
}

function alone(
  schedules: readonly ImportedSchedule[],
  escalations: readonly Escalation[],
): ImportedSchedule[] {
  const named = new Set(escalations.flatMap(({ rules }) => rules.map(({ recipient }) => recipient.id)));
  return schedules.filter(({ id }) => !named.has(id));
}

function personFrom(user: z.output<typeof userSchema>, warnings: ImportWarning[]): ImportedPerson {
  const what = `user ${user.username}`;
  if (user.blocked) throw new Unsupported(what, "is blocked", "Leave them out of schedules and policies.");
  if (!user.userContacts)
    warnings.push({
      kind: "changed",
      what,
      why: "has only name and email; the export has no contact methods",
      instead: "Export users again with expand=contact: see docs/migration.md.",
    });
  const contactMethods = (user.userContacts ?? []).flatMap(
    ({ contactMethod, method, to, enabled }): ContactMethodDraft[] => {
      if (!enabled) return [];
      const channel = (contactMethod ?? method ?? "something").toLowerCase();
      if (channel === "email") return [{ key: `email ${to}`, channel: "email", address: to }];
      if (channel === "sms" || channel === "voice")
        return [{ key: `${channel} ${to}`, channel, address: `+${to.replaceAll(/\D/g, "")}` }];
      warnings.push(unsupportedContactMethod(user.username, channel));
      return [];
    },
  );
  const rules = (user.notificationRules ?? []).filter(({ actionType, enabled }) => {
    return enabled && actionType.toLowerCase().replaceAll("_", "-") === "create-alert";
  });
  const always = rules.filter(
    ({ criteria, timeRestriction }) => !timeRestriction && (!criteria || criteria.type === "match-all"),
  );
  for (const { name } of rules.filter((rule) => rule !== always[0]))
    warnings.push({
      kind: "left",
      what: `${what}, notification rule "${name}"`,
      why: "this platform has a single set of rules for all pages",
      instead: "Add its steps to the person's rules if they should always apply.",
    });
  return importPerson(
    {
      name: user.fullName,
      email: user.username,
      timezone: user.timeZone ?? undefined,
      contactMethods,
      rules: (always[0]?.steps ?? [])
        .filter(({ enabled }) => enabled)
        .map(({ contact, sendAfter }) => ({
          key: `${contact.method.toLowerCase()} ${contact.to ?? ""}`,
          delaySeconds: secondsOf(sendAfter),
        })),
    },
    warnings,
  );
}

function secondsOf(delay: z.output<typeof duration> | null | undefined): number {
  const { timeAmount, timeUnit } = delay ?? { timeAmount: 0, timeUnit: "minutes" };
  const unit = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 }[timeUnit.toLowerCase()] ?? 60;
  return timeAmount * unit;
}

function scheduleFrom(
  schedule: Schedule,
  people: Directory,
  now: number,
  warnings: ImportWarning[],
): ImportedSchedule {
  const { id, name } = schedule;
  const what = `schedule "${name}"`;
  if (!schedule.enabled)
    throw new Unsupported(what, "is disabled", "Enable it in the other system and import again.");
  const rotations = new Map<ImportedLayer, string>();
  for (const rotation of schedule.rotations) {
    const layer = layerFrom(rotation, schedule, people, now, warnings);
    if (layer) rotations.set(layer, rotation.id);
  }
  if (rotations.size === 0) throw new Unsupported(what, "has no one on call from now on", "Leave it out.");
  const roleSlots = sideBySide(what, [...rotations.keys()]);
  const ids = roleSlots.map((slot) => slot.map((layer) => rotations.get(layer) ?? ""));
  const overrides = (schedule.overrides ?? [])
    .filter(({ endDate }) => endDate > now)
    .flatMap((override) => importOrWarn(warnings, () => overrideFrom(override, what, ids, people)) ?? []);
  return { id, name, timezone: schedule.timezone, roleSlots, overrides };
}

const units = { hourly: "hour", daily: "day", weekly: "week" } as const;

function layerFrom(
  rotation: z.output<typeof rotationSchema>,
  schedule: Schedule,
  people: Directory,
  now: number,
  warnings: ImportWarning[],
): ImportedLayer | undefined {
  const name = rotation.name?.trim() || "Rotation";
  const what = `schedule "${schedule.name}", rotation "${name}"`;
  if (isOver(what, rotation.endDate ?? undefined, now)) return undefined;
  if (rotation.participants.length === 0) return undefined;
  const draft = {
    what,
    name,
    timezone: schedule.timezone,
    members: rotation.participants.map((each) => personIn(each, what, people)),
    unit: units[rotation.type],
    length: rotation.length,
    anchor: wallClockAt(rotation.startDate, schedule.timezone),
    from: rotation.startDate,
    hours: hoursOf(rotation.timeRestriction),
  };
  const layer = layerOf(draft, now);
  warnings.push(...hourlyWarning(draft));
  return layer;
}

/** @throws Unsupported for a team, an escalation or an empty participant */
function personIn(
  { type, id, username, name }: z.output<typeof participant>,
  what: string,
  people: Directory,
) {
  if (type === "user") {
    const known = id && people.has(id) ? id : (username?.toLowerCase() ?? id ?? "");
    return memberOf(people, known, username ?? undefined, what);
  }
  const whom = type === "none" ? "no one" : `${type} ${name ?? id}`;
  throw new Unsupported(
    what,
    `has ${whom} instead of a user`,
    "Use a user, or leave hours free with a restriction.",
  );
}

function hoursOf(given: z.output<typeof restrictionSchema> | null | undefined): Hours[] {
  const daily = given?.restriction;
  if (given?.type === "time-of-day" && daily)
    return [hoursBetween(null, daily.startHour * 60 + daily.startMin, daily.endHour * 60 + daily.endMin)];
  return (given?.restrictions ?? []).map(({ startDay, startHour, startMin, endDay, endHour, endMin }) =>
    hoursAcross(startDay, startHour * 60 + startMin, endDay, endHour * 60 + endMin),
  );
}

/** @throws Unsupported if it applies to only some rotations of a role */
function overrideFrom(
  override: z.output<typeof overrideSchema>,
  schedule: string,
  roleSlots: readonly (readonly string[])[],
  people: Directory,
): ImportedOverride[] {
  const { alias, user, startDate: start, endDate: end, rotations } = override;
  const what = `${schedule}, override ${alias}`;
  const wanted = new Set((rotations ?? []).map(({ id }) => id));
  const all = wanted.size === 0;
  const touched = roleSlots.flatMap((ids, slot) => (all || ids.some((id) => wanted.has(id)) ? [slot] : []));
  if (touched.length === 0) return [];
  if (!all && touched.some((slot) => roleSlots[slot]?.some((id) => !wanted.has(id))))
    throw new Unsupported(
      what,
      "acts on one rotation of several in a role",
      "Create it for its hours on this platform.",
    );
  return [{ id: alias, ...personIn(user, what, people), start, end, roleSlots: touched }];
}

/** Opsgenie counts delays from the alert, this platform from the previous level. */
function policyFrom(escalation: Escalation, people: Directory, warnings: ImportWarning[]): ImportedPolicy {
  const what = `escalation "${escalation.name}"`;
  const delays = [...new Set(escalation.rules.map(({ delay }) => secondsOf(delay)))].toSorted(
    (a, b) => a - b,
  );
  const { waitInterval, count } = escalation.repeat ?? {};
  if ((delays[0] ?? 0) > 0)
    warnings.push({
      kind: "changed",
      what,
      why: `waits ${delays[0]} s before its first level; this platform pages the first level immediately`,
      instead: "No action is needed, unless the wait is meant for problems that resolve themselves.",
    });
  const levels = delays.map((delay, index) => ({
    targets: escalation.rules
      .filter((rule) => secondsOf(rule.delay) === delay)
      .flatMap((rule) => targetOf(rule, what, people, warnings)),
    delaySeconds: (delays[index + 1] ?? delay + (waitInterval ? waitInterval * 60 : 300)) - delay,
  }));
  const { id, name } = escalation;
  return { id, name, team: name, levels, repeat: count ?? 0 };
}

function targetOf(
  { condition, notifyType, recipient }: Escalation["rules"][number],
  what: string,
  people: Directory,
  warnings: ImportWarning[],
): ImportedTarget[] {
  const { type, id, name, username } = recipient;
  const whom = `${type} ${name ?? username ?? id ?? ""}`.trim();
  if (notifyType !== "default" || !id || !["user", "schedule"].includes(type)) {
    warnings.push({
      kind: "left",
      what,
      why: `notifies ${notifyType} of ${whom}; this platform's levels page people and schedules`,
      instead: "List the people in the team's policy.",
    });
    return [];
  }
  if (condition !== "if-not-acked")
    warnings.push({
      kind: "changed",
      what,
      why: `pages ${whom} ${condition}; on this platform an acknowledgement stops the escalation`,
      instead: "Agree on who follows up on acknowledged incidents.",
    });
  if (type === "schedule") return [{ type: "schedule", id, name: name ?? id }];
  const person = importOrWarn(warnings, () => personIn(recipient, what, people));
  return person ? [{ type: "user", email: person.email }] : [];
}
