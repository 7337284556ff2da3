import * as z from "zod";
import type { Coverage, Gap } from "../../domain/oncall/coverage.ts";
import type { DeactivatedMember } from "../../domain/oncall/deactivated-members.ts";
import { onCallRoles, type SchedulePlan } from "../../domain/oncall/schedule.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";
import { warnings, warningsOf } from "./schedules/plan-warnings.ts";

const gap = z.object({ start: instant, end: instant });

export const coverageResource = z.object({
  team: z.string(),
  from: instant,
  to: instant,
  covered: z.boolean().meta({ description: "True if someone is on call for the whole time." }),
  gaps: z.array(gap).meta({ description: "Times when no level reaches anyone." }),
  by_role: z.object({ primary: z.array(gap), secondary: z.array(gap) }),
  deactivated: z
    .array(
      z.object({
        name: z.string(),
        email: z.string(),
        in_policy: z.boolean(),
        shifts: z.array(z.object({ role: z.enum(onCallRoles), start: instant, end: instant })),
      }),
    )
    .meta({ description: "People who were deactivated and are still paged." }),
  warnings,
});

export function presentCoverage({
  team,
  from,
  to,
  gaps,
  byRole,
  plan,
  deactivated,
}: Coverage & {
  readonly plan: Pick<SchedulePlan, "layers">;
  readonly deactivated: readonly DeactivatedMember[];
}): z.input<typeof coverageResource> {
  return {
    team,
    from: formatInstant(from),
    to: formatInstant(to),
    covered: gaps.length === 0,
    gaps: gaps.map(presentGap),
    by_role: { primary: byRole.primary.map(presentGap), secondary: byRole.secondary.map(presentGap) },
    deactivated: deactivated.map(({ name, email, isInPolicy, shifts }) => ({
      name,
      email,
      in_policy: isInPolicy,
      shifts: shifts.map(({ role, start, end }) => ({ role, ...presentGap({ start, end }) })),
    })),
    warnings: [...warningsOf(plan), ...deactivated.map(warningOf)],
  };
}

export function presentGap({ start, end }: Gap): z.input<typeof gap> {
  return { start: formatInstant(start), end: formatInstant(end) };
}

function warningOf({ name, email, isInPolicy, shifts: [first] }: DeactivatedMember): string {
  const duty = [
    ...(first ? [`is ${first.role} from ${formatInstant(first.start)}`] : []),
    ...(isInPolicy ? ["is in the escalation policy"] : []),
  ].join(" and ");
  return `${name} (${email}) was deactivated, but ${duty}. Pages still go there: assign them to someone else.`;
}
