import * as z from "zod";
import { alertFields, isAlertField, isPatternOperator, matchOperators } from "../../domain/alerts/matcher.ts";
import { limits } from "../../domain/limits.ts";
import { patternFault, patternSteps } from "../../domain/pattern.ts";
import { text } from "../fields.ts";

/** Field of an alert to match. */
export const alertField = text(1, limits.fieldNameLength)
  .refine(isAlertField, `must be ${alertFields.join(", ")} or labels.<name>`)
  .meta({
    pattern: `^(${alertFields.join("|")}|labels\\.[\\s\\S]+)$`,
    examples: [...alertFields, "labels.cluster"],
  });

const matcher = z
  .strictObject({
    field: alertField,
    op: z.enum(matchOperators).meta({ description: "=~ and !~ take an anchored RE2 regular expression." }),
    value: text(0, limits.labelValueLength),
  })
  .superRefine(({ op, value }, context) => {
    const fault = isPatternOperator(op) ? patternFault(value) : null;
    if (fault !== null) context.addIssue({ code: "custom", path: ["value"], message: fault });
  });

export const matchersInput = z.array(matcher).max(limits.matchersPerRule);

/** Returns true if the compiled regular expressions together stay within a limit; see `patternSteps`. */
export function areMatchedSoon(matchers: readonly z.output<typeof matcher>[], atMost: number): boolean {
  let steps = 0;
  for (const { op, value } of matchers) {
    if (isPatternOperator(op) && patternFault(value) === null) steps += patternSteps(value);
    if (steps > atMost) return false;
  }
  return true;
}
