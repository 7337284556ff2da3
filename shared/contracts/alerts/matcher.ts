import * as z from "zod";
import { matchOperators } from "../../domain/alerts/matcher.ts";

export const matcherResource = z.object({ field: z.string(), op: z.enum(matchOperators), value: z.string() });
