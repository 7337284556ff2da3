import * as z from "zod";
import { id } from "../../fields.ts";

export const beatPath = "/heartbeats/{key}";
export const beatParams = z.object({ key: id });
export const beatReply = z.object({ status: z.literal("ok") });
