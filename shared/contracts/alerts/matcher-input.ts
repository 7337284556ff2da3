import * as z from "zod";
import { alertFields, isAlertField, isPatternOperator, matchOperators } from "../../domain/alerts/matcher.ts";
import { limits } from "../../domain/limits.ts";
import { measurePattern, patternLength, unicodeClassLength } from "../../domain/pattern.ts";
import { text } from "../fields.ts";

/** Field of an alert to match. */
export const alertField = text(1, limits.fieldNameLength)
  .refine(isAlertField, `must be ${alertFields.join(", ")} or labels.<name>`)
  .meta({
    pattern: `^(${alertFields.join("|")}|labels\\.[\\s\\S]+)$`,
    examples: [...alertFields, "labels.cluster"],
  });

const matcher = z.strictObject({
  field: alertField,
  op: z.enum(matchOperators).meta({ description: "=~ and !~ take an anchored RE2 regular expression." }),
  value: text(0, limits.labelValueLength),
});

/** Matchers whose regular expressions are still to be checked, all of a request at once: see `checkPatterns`. */
export const matchersInput = z.array(matcher).max(limits.matchersPerRule);

interface PlacedMatcher {
  readonly matcher: z.output<typeof matcher>;
  /** Path of the matcher in the checked value. */
  readonly path: readonly (string | number)[];
}

/** Limits of all regular expressions together. */
interface PatternBudget {
  /** Total length, checked before any is compiled; see `patternLength`. */
  readonly length: number;
  /** Total size of the compiled programs; see `patternSteps`. */
  readonly steps: number;
}

/** Checks the regular expressions of a request. It compiles each once, and none after the limit is exceeded. */
export function checkPatterns(
  placed: readonly PlacedMatcher[],
  budget: PatternBudget,
  context: z.RefinementCtx,
): void {
  const patterns = placed.filter(({ matcher: { op } }) => isPatternOperator(op));
  const reject = (message: string, path: readonly (string | number)[] = []) =>
    context.issues.push({ code: "custom", path: [...path], message, input: placed, continue: false });
  if (patterns.reduce((sum, { matcher: { value } }) => sum + patternLength(value), 0) > budget.length) {
    reject(
      `have regular expressions with more than ${budget.length} characters together; ` +
        `a Unicode class counts as ${unicodeClassLength}`,
    );
    return;
  }
  let left = budget.steps;
  let areValid = true;
  for (const { matcher, path } of patterns) {
    const { steps, fault } = measurePattern(matcher.value);
    if (fault !== null) {
      areValid = false;
      reject(fault, [...path, "value"]);
    }
    left -= steps;
    if (left >= 0) continue;
    if (areValid) reject("have regular expressions that together take too long to match");
    return;
  }
}
