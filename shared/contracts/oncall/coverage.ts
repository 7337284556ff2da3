import * as z from "zod";
import type { Coverage, Gap } from "../../domain/oncall/coverage.ts";
import type { SchedulePlan } from "../../domain/oncall/schedule.ts";
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
  warnings,
});

export function presentCoverage({
  team,
  from,
  to,
  gaps,
  byRole,
  plan,
}: Coverage & { readonly plan: Pick<SchedulePlan, "layers"> }): z.input<typeof coverageResource> {
  return {
    team,
    from: formatInstant(from),
    to: formatInstant(to),
    covered: gaps.length === 0,
    gaps: gaps.map(presentGap),
    by_role: { primary: byRole.primary.map(presentGap), secondary: byRole.secondary.map(presentGap) },
    warnings: warningsOf(plan),
  };
}

export function presentGap({ start, end }: Gap): z.input<typeof gap> {
  return { start: formatInstant(start), end: formatInstant(end) };
}
