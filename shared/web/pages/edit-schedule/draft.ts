/** A schedule as form data: unvalidated texts, in fields named like a plan's. */
import * as z from "zod";
import { presentPlan } from "../../../contracts/oncall/schedules/schedule.ts";
import { rotationUnits } from "../../../domain/oncall/rotation.ts";
import { onCallRoles, rotationTypes, type SchedulePlan } from "../../../domain/oncall/schedule.ts";
import { weekdays } from "../../../domain/wall-clock.ts";
import { formatPerson, readPerson } from "../../site/forms/person-input.ts";

const typed = (otherwise = "") => z.string().catch(otherwise);
/** A choice of the form; empty for the default. */
const day = z.enum(["", ...weekdays]).catch("");
const role = z.enum(onCallRoles).catch("primary");
const rows = <T extends z.ZodType>(row: T) => z.array(row).catch([]);
const rotationType = z.enum(rotationTypes.filter((type) => type !== "custom")).catch("weekly");

const restriction = z.object({
  type: z.enum(["daily", "weekly"]).catch("daily"),
  start_day: z.enum(weekdays).catch("monday"),
  start: typed("09:00"),
  end_day: z.enum(weekdays).catch("friday"),
  end: typed("17:00"),
});

const rotation = z.object({
  unit: z.enum(rotationUnits).catch("week"),
  length: typed("1"),
  handoff_time: typed("09:00"),
  handoff_day: day,
  starts_on: typed(),
});

const layer = z.object({
  name: typed(),
  role,
  rotation: rotation.catch(() => rotation.parse({})),
  members: rows(z.object({ person: typed() })),
  restrictions: rows(restriction),
});

export const scheduleDraft = z.object({
  team: typed(),
  /** Layers, or the fields of the simple form. */
  form: z.enum(["simple", "layers"]).catch("simple"),
  timezone: typed("UTC"),
  handoff_notices: z.literal("on").optional().catch(undefined),
  rotation_type: rotationType,
  handoff_time: typed("09:00"),
  handoff_day: day,
  starts_on: typed(),
  members: rows(z.object({ person: typed(), role })),
  layers: rows(layer),
});

export type ScheduleDraft = z.output<typeof scheduleDraft>;
export type LayerDraft = ScheduleDraft["layers"][number];
export type RestrictionDraft = LayerDraft["restrictions"][number];

/** Converts a stored plan to form data. */
export function draftOfPlan(team: string, plan: SchedulePlan): ScheduleDraft {
  const { handoff_notices, layers, members, ...shown } = presentPlan(plan);
  return scheduleDraft.parse({
    ...shown,
    team,
    form: plan.rotationType === "custom" ? "layers" : "simple",
    handoff_notices: handoff_notices ? "on" : undefined,
    members: members?.map(({ role, ...member }) => ({ person: formatPerson(member), role })),
    layers: layers.map(({ rotation, members, ...rest }) => ({
      ...rest,
      members: members?.map((member) => ({ person: formatPerson(member) })),
      rotation: { ...rotation, length: String(rotation.length) },
    })),
  });
}

/** Converts a form to the API's request body. `planInput` reports its faults at the form's fields, but for `personFaults`. */
export function planBodyOf(draft: ScheduleDraft): Record<string, unknown> {
  const common = { timezone: draft.timezone.trim(), handoff_notices: draft.handoff_notices === "on" };
  if (draft.form === "layers") return { ...common, layers: draft.layers.map(layerBodyOf) };
  const { rotation_type, handoff_time, handoff_day, starts_on, members } = draft;
  return {
    ...common,
    rotation_type,
    handoff_time,
    starts_on: starts_on || null,
    ...(handoff_day !== "" && { handoff_day }),
    members: members?.map(({ person, role }) => ({ ...readPerson(person), role })),
  };
}

function layerBodyOf({ rotation, members, restrictions, ...rest }: LayerDraft): Record<string, unknown> {
  const { length, handoff_day, ...turns } = rotation;
  return {
    ...rest,
    rotation: {
      ...turns,
      length: /^\d{1,9}$/.test(length) ? Number(length) : length,
      ...(handoff_day !== "" && turns.unit === "week" && { handoff_day }),
    },
    members: members?.map(({ person }) => readPerson(person)),
    restrictions: restrictions.map(({ type, start, end, ...days }) =>
      type === "daily" ? { type, start, end } : { type, start, end, ...days },
    ),
  };
}
