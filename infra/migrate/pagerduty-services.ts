/** Services of PagerDuty: acknowledgement timeout, and urgency with its support hours. */
import * as z from "zod";
import { serviceInput } from "../../shared/contracts/oncall/services/service.ts";
import type { urgencyInput } from "../../shared/contracts/oncall/services/urgency.ts";
import type { UrgencyChoice } from "../../shared/domain/incidents/urgency.ts";
import { weekdays } from "../../shared/domain/wall-clock.ts";
import { parsed } from "./export-records.ts";
import { hoursBetween, restrictionsOf } from "./hours.ts";
import {
  type ImportedService,
  type ImportWarning,
  importOrWarn,
  type ServiceSettings,
  Unsupported,
} from "./imported.ts";

const time = z.string().regex(/^\d\d:\d\d(:\d\d)?$/);

const rule = z.object({ urgency: z.enum(["high", "low", "severity_based"]) });

const urgencyRule = z.discriminatedUnion("type", [
  rule.extend({ type: z.literal("constant") }),
  z.object({
    type: z.literal("use_support_hours"),
    during_support_hours: rule,
    outside_support_hours: rule,
  }),
]);

const supportHours = z.object({
  time_zone: z.string(),
  start_time: time,
  end_time: time,
  days_of_week: z.array(z.int().min(1).max(7)).min(1),
});

const scheduledAction = z.object({ to_urgency: z.string(), at: z.object({ name: z.string() }) });

export const serviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  escalation_policy: z.object({ id: z.string() }),
  auto_resolve_timeout: z.number().nullish(),
  acknowledgement_timeout: z.number().nullish(),
  incident_urgency_rule: z.unknown().optional(),
  support_hours: z.unknown().optional(),
  scheduled_actions: z.unknown().optional(),
});
type ExportedService = z.output<typeof serviceSchema>;

export function serviceFrom(service: ExportedService, warnings: ImportWarning[]): ImportedService {
  const { name, auto_resolve_timeout: resolves, acknowledgement_timeout: reopens } = service;
  const what = `service "${name}"`;
  if (resolves)
    warnings.push({
      kind: "left",
      what,
      why: `resolves incidents after ${resolves} s, even if alerts continue; this platform counts time without alerts`,
      instead: "Set auto_resolve_seconds of the service if that is what you want.",
    });
  const urgency = importOrWarn(warnings, () => urgencyFrom(service, what));
  const settings = importOrWarn(warnings, () => {
    const timeout = reopens ? { acknowledgement_timeout_seconds: reopens } : {};
    return checked(what, { ...timeout, ...(urgency !== undefined && { urgency }) });
  });
  return { name, owner: service.escalation_policy.id, settings: settings ?? {} };
}

/** Returns the urgency unless it is high, which is the default. */
function urgencyFrom(service: ExportedService, what: string): z.input<typeof urgencyInput> | undefined {
  if (service.incident_urgency_rule === undefined || service.incident_urgency_rule === null) return undefined;
  const found = urgencyRule.safeParse(service.incident_urgency_rule).data;
  if (!found) throw new Unsupported(what, "has an unknown urgency rule", "Set urgency of the service.");
  if (found.type === "constant") {
    const urgency = choiceOf(found);
    return urgency === "high" ? undefined : urgency;
  }
  const hours = supportHours.safeParse(service.support_hours).data;
  if (!hours)
    throw new Unsupported(
      what,
      "has an urgency by support hours that are not in the export",
      "Set urgency of the service.",
    );
  const [inside, outside] = [choiceOf(found.during_support_hours), choiceOf(found.outside_support_hours)];
  const windows = hours.days_of_week.map((day) =>
    hoursBetween(weekdays[day - 1] ?? null, minuteOf(hours.start_time), minuteOf(hours.end_time)),
  );
  const restrictions = restrictionsOf(windows);
  // Hours without a gap have no restrictions.
  if (restrictions.length === 0) return inside === "high" ? undefined : inside;
  const actions = z.array(scheduledAction).safeParse(service.scheduled_actions).data ?? [];
  const raise = actions.some(
    ({ to_urgency, at }) => to_urgency === "high" && at.name === "support_hours_start",
  );
  return { timezone: hours.time_zone, hours: restrictions, inside, outside, raise };
}

function choiceOf({ urgency }: z.output<typeof rule>): UrgencyChoice {
  return urgency === "severity_based" ? "by_severity" : urgency;
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/** @throws Unsupported if this platform rejects the settings */
function checked(what: string, settings: ServiceSettings): ServiceSettings {
  parsed(what, serviceInput, { team: "any", ...settings });
  return settings;
}
