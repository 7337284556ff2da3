/** A schedule in a request: the simple form with equal turns, or layers. */
import * as z from "zod";
import { limits } from "../../../domain/limits.ts";
import { rotationUnits } from "../../../domain/oncall/rotation.ts";
import {
  type Layer,
  onCallRoles,
  planOfSimpleSchedule,
  type SchedulePlan,
} from "../../../domain/oncall/schedule.ts";
import { wallClock, weekdayOf, weekdays } from "../../../domain/wall-clock.ts";
import { parseAs, person, teamName, text } from "../../fields.ts";
import { localDate, localTime, timezone } from "../local.ts";
import { restrictionOf, restrictionsInput } from "./restriction.ts";

const atLeastOne = "must have at least one";

const handoffNotices = z
  .boolean()
  .default(false)
  .meta({ description: "Email both people at each handoff, with the open incidents." });

export const simplePlan = z
  .strictObject({
    rotation_type: z.enum(["daily", "weekly", "biweekly"]),
    members: z
      .array(person.extend({ role: z.enum(onCallRoles) }))
      .min(1, atLeastOne)
      .max(limits.membersPerLayer),
    timezone: timezone.default("UTC"),
    handoff_time: localTime.default("09:00"),
    handoff_day: z.enum(weekdays).optional(),
    starts_on: localDate.nullable().default(null),
    handoff_notices: handoffNotices,
  })
  .superRefine(({ members, rotation_type, handoff_day, starts_on }, context) => {
    refuseDuplicates(members, ({ role, email }) => `${role} ${email}`, context);
    if (members.length > 0 && !members.some(({ role }) => role === "primary")) {
      context.addIssue({ code: "custom", path: ["members"], message: "must have at least one primary" });
    }
    if (rotation_type !== "daily") refuseOtherDay(starts_on, handoff_day, [], context);
  });

const layer = z
  .strictObject({
    name: text(1, limits.personNameLength),
    role: z.enum(onCallRoles),
    rotation: z.strictObject({
      unit: z.enum(rotationUnits),
      length: z
        .int(`must be a whole number from 1 to ${limits.rotationLength}`)
        .min(1)
        .max(limits.rotationLength),
      handoff_time: localTime.default("09:00"),
      handoff_day: z.enum(weekdays).optional(),
      starts_on: localDate,
    }),
    members: z.array(person).min(1, atLeastOne).max(limits.membersPerLayer),
    restrictions: restrictionsInput(limits.restrictionsPerLayer).default([]),
  })
  .superRefine(({ members, rotation }, context) => {
    refuseDuplicates(members, ({ email }) => email, context);
    if (rotation.unit === "week") {
      refuseOtherDay(rotation.starts_on, rotation.handoff_day, ["rotation"], context);
    }
  });

export const layeredPlan = z.strictObject({
  timezone,
  rotation_type: z.literal("custom").optional(),
  handoff_notices: handoffNotices,
  layers: z
    .array(layer)
    .min(1, atLeastOne)
    .max(limits.layersPerSchedule)
    .superRefine((layers, context) => {
      const names = layers.map(({ name }) => name);
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) !== index) {
          context.addIssue({
            code: "custom",
            path: [index, "name"],
            message: "must be unique",
          });
        }
      }
    }),
});

export type PlanInput = z.output<typeof simplePlan> | z.output<typeof layeredPlan>;

/** Detects the form: with `layers`, without, or both, as in responses for the simple form. */
export const planInput = z.record(z.string(), z.unknown()).transform((value, context): PlanInput => {
  if (!("layers" in value)) return parseAs(simplePlan, value, context);
  const isSimpleToo = Object.keys(simplePlan.shape).some(
    (field) =>
      field in value && (field === "rotation_type" ? value[field] !== "custom" : isOfSimpleForm(field)),
  );
  return isSimpleToo ? planOfBothForms(value, context) : parseAs(layeredPlan, value, context);
});

function isOfSimpleForm(field: string): boolean {
  return !(field in layeredPlan.shape);
}

function planOfBothForms(
  { layers, ...fields }: Record<string, unknown>,
  context: z.RefinementCtx,
): PlanInput {
  const simple = parseAs(simplePlan, fields, context);
  const layered = parseAs(layeredPlan, { timezone: fields.timezone ?? "UTC", layers }, context);
  if (context.issues.length > 0) return z.NEVER;
  if (turnsOf(planOf(layered, 0).layers) !== turnsOf(planOf(simple, 0).layers)) {
    context.addIssue({
      code: "custom",
      path: ["layers"],
      message: "contradict rotation_type and members. Omit one of them",
    });
  }
  return simple;
}

/** Returns an equal text for equal layers. */
function turnsOf(layers: readonly Layer[]): string {
  return JSON.stringify(
    layers.map(({ name, role, rotation: { unit, length, handoffTime, startsOn }, members, restrictions }) => [
      [name, role, unit, length, handoffTime, startsOn],
      members.map(({ name, email }) => [name, email]),
      restrictions,
    ]),
  );
}

export const planDocs = z.union([simplePlan, layeredPlan]);

export const teamPlanInput = z.record(z.string(), z.unknown()).transform(({ team, ...plan }, context) => ({
  team: parseAs(z.object({ team: teamName }), { team }, context)?.team,
  plan: parseAs(planInput, plan, context),
}));

export const teamPlanDocs = z.union([
  simplePlan.safeExtend({ team: teamName }),
  layeredPlan.safeExtend({ team: teamName }),
]);

/** Converts a request to a plan. Default start: the latest handoff before now. */
export function planOf(input: PlanInput, now: number): SchedulePlan {
  if ("layers" in input) {
    const { timezone, layers, handoff_notices } = input;
    return {
      timezone,
      rotationType: "custom",
      layers: layers.map(layerOf),
      handoffNotices: handoff_notices,
    };
  }
  return planOfSimpleSchedule(
    {
      timezone: input.timezone,
      rotationType: input.rotation_type,
      members: input.members,
      handoffTime: input.handoff_time,
      handoffDay: input.handoff_day ?? "monday",
      startsOn: input.starts_on,
      handoffNotices: input.handoff_notices,
    },
    now,
  );
}

function layerOf({ rotation, restrictions, ...rest }: z.output<typeof layer>): Layer {
  return {
    ...rest,
    rotation: {
      unit: rotation.unit,
      length: rotation.length,
      handoffTime: rotation.handoff_time,
      startsOn: rotation.starts_on,
    },
    restrictions: restrictions.map(restrictionOf),
  };
}

function refuseDuplicates<T extends { readonly email: string }>(
  members: readonly T[],
  turnOf: (member: T) => string,
  context: z.RefinementCtx,
): void {
  const turns = members.map(turnOf);
  for (const [index, turn] of turns.entries()) {
    if (turns.indexOf(turn) === index) continue;
    context.addIssue({
      code: "custom",
      path: ["members", index],
      message: `${members[index]?.email} is already in the rotation`,
    });
  }
}

function refuseOtherDay(
  startsOn: string | null,
  handoffDay: string | undefined,
  path: string[],
  context: z.RefinementCtx,
): void {
  if (startsOn === null || handoffDay === undefined) return;
  const begins = weekdayOf(wallClock(`${startsOn}T00:00`));
  if (begins !== handoffDay) {
    context.addIssue({
      code: "custom",
      path: [...path, "handoff_day"],
      message: `must be ${begins}, the weekday of starts_on (${startsOn})`,
    });
  }
}
