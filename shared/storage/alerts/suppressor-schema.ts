import * as z from "zod";
import { type Suppressor, suppressorKinds } from "../../domain/alerts/alert.ts";

export const suppressorSchema = z.object({
  kind: z.enum(suppressorKinds),
  id: z.string(),
}) satisfies z.ZodType<Suppressor>;
