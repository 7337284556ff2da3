import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { alertFields, isAlertField, matchOperators } from "../../domain/matcher.ts";
import { patternFault } from "../../domain/pattern.ts";
import { text } from "../fields.ts";

/** What of an alert somebody asks for. */
export const alertField = text(1, limits.fieldNameLength)
  .refine(isAlertField, `must be ${alertFields.join(", ")} or labels.<name>`)
  .meta({ examples: [...alertFields, "labels.cluster"] });

const matcher = z
  .object({
    field: alertField,
    op: z.enum(matchOperators).meta({ description: "=~ and !~ take an anchored regular expression of RE2." }),
    value: text(0, limits.labelValueLength),
  })
  .superRefine(({ op, value }, context) => {
    const fault = op === "=~" || op === "!~" ? patternFault(value) : null;
    if (fault !== null) context.addIssue({ code: "custom", path: ["value"], message: fault });
  });

export const matchersInput = z.array(matcher).max(limits.matchersPerRule);
