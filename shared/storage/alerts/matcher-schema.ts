import * as z from "zod";
import { type Matcher, matchOperators } from "../../domain/alerts/matcher.ts";

export const matcherSchema = z.object({
  field: z.string(),
  op: z.enum(matchOperators),
  value: z.string(),
}) satisfies z.ZodType<Matcher>;
