/** Requirement of a team on the contact methods of its people, and whether they meet it. */
import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import {
  defaultReadiness,
  drillFrequencies,
  type PersonReadiness,
  type ReadinessRule,
  type TeamReadiness,
} from "../../../domain/oncall/readiness.ts";
import { formatInstant } from "../../../domain/time.ts";
import { personalMethodResource, presentPersonalMethod } from "../../access/contact-method.ts";
import { instant, instantOrNull } from "../../fields.ts";

export const readinessInput = z.strictObject({
  within_seconds: z
    .int()
    .min(0)
    .max(limits.notificationDelaySeconds)
    .default(defaultReadiness.withinSeconds)
    .meta({ description: "Time within which a verified contact method must be used after a page." }),
  channels: z.int().min(1).max(5).default(defaultReadiness.channels).meta({
    description: "Number of different channels with a verified contact method, fallbacks included.",
  }),
  drill: z
    .enum(drillFrequencies)
    .default(defaultReadiness.drill)
    .meta({ description: "Weekly: pages the next person on call once per week, to practice." }),
});

export function readinessRuleOf(input: z.output<typeof readinessInput>): ReadinessRule {
  const { within_seconds: withinSeconds, channels, drill } = input;
  return { withinSeconds, channels, drill };
}

export const readinessRuleResource = z
  .object({
    team: z.string(),
    within_seconds: z.number(),
    channels: z.number(),
    drill: z.enum(drillFrequencies),
  })
  .meta({ id: "ReadinessRequirement" });

export function presentReadinessRule(
  team: string,
  { withinSeconds, channels, drill }: ReadinessRule,
): z.input<typeof readinessRuleResource> {
  return { team, within_seconds: withinSeconds, channels, drill };
}

const personResource = z.object({
  name: z.string(),
  email: z.string(),
  ready: z.boolean(),
  faults: z.array(z.enum(["late", "too_few_channels", "no_drill", "missed_drill"])).meta({
    description:
      "Reasons why the person is not ready. No drill: a weekly drill skips them, because none of their contact methods " +
      "that are used before it ends has a provider.",
  }),
  contact_methods: z.array(
    personalMethodResource.extend({
      delay_seconds: z
        .number()
        .nullable()
        .meta({ description: "Delay from the page; null if it is used only after another one failed." }),
      fault: z
        .enum(["unverified", "simulated", "stopped", "no_devices"])
        .nullable()
        .meta({
          description:
            "Reason why the method does not count. Simulated: its channel has no provider, and prints to the console. " +
            "Stopped: STOP was sent from the number.",
        }),
    }),
  ),
  last_answered_at: instant.nullable(),
});

export const teamReadinessResource = z
  .object({
    team: z.string(),
    requirement: readinessRuleResource.omit({ team: true }),
    ready: z.boolean(),
    latest_drill: z
      .object({
        email: z.string(),
        started_at: instant,
        answered_at: instant.nullable(),
        missed: z.boolean(),
        canceled: z
          .boolean()
          .meta({ description: "True if the person was paged about an incident instead." }),
      })
      .nullable(),
    people: z
      .array(personResource)
      .meta({ description: `People on the schedule, and in overrides. At most ${limits.readinessPeople}.` }),
    more_people: z.number(),
  })
  .meta({ id: "TeamReadiness" });

export function presentTeamReadiness({
  team,
  rule,
  drill,
  people,
  more,
}: TeamReadiness): z.input<typeof teamReadinessResource> {
  const { team: _, ...requirement } = presentReadinessRule(team, rule);
  return {
    team,
    requirement,
    ready: people.every(({ faults }) => faults.length === 0),
    latest_drill: drill && {
      email: drill.email,
      started_at: formatInstant(drill.startedAt),
      answered_at: instantOrNull(drill.answeredAt),
      missed: drill.missedAt !== null,
      canceled: drill.canceledAt !== null,
    },
    people: people.map(presentPerson),
    more_people: more,
  };
}

function presentPerson({ person, methods, faults, answeredAt }: PersonReadiness) {
  return {
    ...person,
    ready: faults.length === 0,
    faults: [...faults],
    contact_methods: methods.map(({ method, delaySeconds, fault }) => ({
      ...presentPersonalMethod(method),
      delay_seconds: delaySeconds,
      fault,
    })),
    last_answered_at: instantOrNull(answeredAt),
  };
}
