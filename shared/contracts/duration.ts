import * as z from "zod";
import { parseDuration } from "../domain/duration.ts";
import { parseAs } from "./fields.ts";

/** A span of time as people write it, on its way to a field of an API that has seconds. */
export function durationInput<S extends z.ZodType>(seconds: S) {
  return z
    .string()
    .max(64)
    .transform((value, context) => {
      const parsed = parseDuration(value);
      if (parsed !== undefined) return parseAs(seconds, parsed, context);
      context.addIssue("must be a span of time like 90 s, 5 min or 1 h 30 min");
      return z.NEVER;
    });
}
