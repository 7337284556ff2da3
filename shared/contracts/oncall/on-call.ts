import * as z from "zod";
import type { OnCall } from "../../domain/oncall/on-call.ts";
import {
  type OnCallRole,
  type Override,
  onCallRoles,
  rotationTypes,
  type Schedule,
} from "../../domain/oncall/schedule.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, personResource } from "../fields.ts";
import { overrideResource, presentOverride } from "./overrides/override.ts";

export const onCallResource = z.object({
  team: z.string(),
  at: instant,
  primary: personResource.nullable(),
  secondary: personResource.nullable(),
  schedule_id: z.string(),
  rotation_type: z.enum(rotationTypes),
  shift: z
    .object({ start: instant, end: instant })
    .nullable()
    .meta({ description: "The primary's whole shift; null if there is no primary." }),
  override: overrideResource
    .nullable()
    .meta({ description: "Override that made the primary on call, if any." }),
});

export function presentOnCall(current: {
  readonly schedule: Schedule;
  readonly at: number;
  readonly roles: Readonly<Record<OnCallRole, OnCall>>;
  readonly override: Override | undefined;
}): z.input<typeof onCallResource> {
  const { schedule, at, roles, override } = current;
  const { person, start, end } = roles.primary;
  return {
    team: schedule.team,
    at: formatInstant(at),
    primary: person,
    secondary: roles.secondary.person,
    schedule_id: schedule.id,
    rotation_type: schedule.rotationType,
    shift: person ? { start: formatInstant(start), end: formatInstant(end) } : null,
    override: override ? presentOverride(override) : null,
  };
}

export const shiftResource = z.object({
  role: z.enum(onCallRoles),
  name: z.string(),
  email: z.string(),
  start: instant,
  end: instant,
  kind: z.enum(["rotation", "override"]),
});

/** Presents an interval with someone on call. */
export function presentShift(shift: OnCall & { readonly role: OnCallRole }): z.input<typeof shiftResource> {
  const { role, person, start, end, kind } = shift;
  return {
    role,
    name: person?.name ?? "",
    email: person?.email ?? "",
    start: formatInstant(start),
    end: formatInstant(end),
    kind,
  };
}
