import * as z from "zod";
import { parseDuration } from "../domain/duration.ts";
import { parseAs } from "./fields.ts";

/** Parses a human-readable duration into seconds for an API field. */
export function durationInput<S extends z.ZodType>(seconds: S) {
  return z
    .string()
    .max(64)
    .transform((value, context) => {
      const parsed = parseDuration(value);
      if (parsed !== undefined) return parseAs(seconds, parsed, context);
      context.addIssue("must be a duration such as 90 s, 5 min or 1 h 30 min");
      return z.NEVER;
    });
}
