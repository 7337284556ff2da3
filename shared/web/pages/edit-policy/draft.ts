/** An escalation policy as form data: unvalidated texts, with delays in minutes. */
import * as z from "zod";
import type { Fault } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { EscalationPolicy, EscalationTarget } from "../../../domain/oncall/escalation.ts";
import { onCallRoles } from "../../../domain/oncall/schedule.ts";
import { personFaults, readPerson } from "../../site/forms/person-input.ts";

const typed = (otherwise = "") => z.string().catch(otherwise);
const rows = <T extends z.ZodType>(row: T) => z.array(row).catch([]);

export const policyDraft = z.object({
  rules: rows(
    z.object({
      targets: rows(
        z.object({
          /** Holder of the role, or a person. */
          to: z.enum([...onCallRoles, "user"]).catch("primary"),
          person: typed(),
        }),
      ),
      delay_minutes: typed("5"),
    }),
  ),
  repeat: typed("0"),
});

export type PolicyDraft = z.output<typeof policyDraft>;
type TargetDraft = PolicyDraft["rules"][number]["targets"][number];

export function draftOfPolicy({ rules, repeat }: EscalationPolicy): PolicyDraft {
  return {
    rules: rules.map(({ targets, delaySeconds }) => ({
      targets: targets.map(targetDraftOf),
      delay_minutes: String(Number((delaySeconds / 60).toFixed(4))),
    })),
    repeat: String(repeat),
  };
}

function targetDraftOf(target: EscalationTarget): TargetDraft {
  return target.type === "user" ? { to: "user", person: target.email } : { to: target.role, person: "" };
}

/** Converts a form to the API's request body. */
export function policyBodyOf({ rules, repeat }: PolicyDraft): Record<string, unknown> {
  return {
    rules: rules.map(({ targets, delay_minutes }) => ({
      targets: targets.map(({ to, person }) =>
        to === "user" ? { type: "user", email: readPerson(person).email } : { type: "schedule", role: to },
      ),
      delay_seconds: Math.round(numberOf(delay_minutes) * 60),
    })),
    repeat: numberOf(repeat),
  };
}

/** Returns NaN, which no schema accepts, for invalid numbers. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
}

/** Maps the body's faults to the form's fields and units. */
export function policyFormFaults(faults: readonly Fault[]): Fault[] {
  return personFaults(faults, "targets").map(({ path, message }) =>
    path.endsWith(".delay_seconds")
      ? {
          path: path.replace(/_seconds$/, "_minutes"),
          message: `must be a number of minutes up to ${limits.escalationDelaySeconds / 60}`,
        }
      : { path, message },
  );
}
