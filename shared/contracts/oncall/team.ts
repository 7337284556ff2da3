import * as z from "zod";
import type { TeamNow } from "../../domain/oncall/team.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, personResource } from "../fields.ts";
import { policyResource, presentPolicy } from "./policy.ts";

export const teamResource = z
  .object({
    team: z.string(),
    timezone: z.string(),
    schedule_id: z.string(),
    on_call: z.object({ primary: personResource.nullable(), secondary: personResource.nullable() }),
    next_handoff: instant.nullable().meta({ description: "Time of the next change of the primary." }),
    escalation_policy: policyResource,
  })
  .meta({ id: "Team" });

export function presentTeam({ schedule, roles, policy }: TeamNow): z.input<typeof teamResource> {
  const { end } = roles.primary;
  return {
    team: schedule.team,
    timezone: schedule.timezone,
    schedule_id: schedule.id,
    on_call: { primary: roles.primary.person, secondary: roles.secondary.person },
    next_handoff: Number.isFinite(end) ? formatInstant(end) : null,
    escalation_policy: presentPolicy(schedule.team, policy),
  };
}
