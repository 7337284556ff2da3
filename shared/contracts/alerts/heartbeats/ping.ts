import * as z from "zod";
import { id } from "../../fields.ts";

export const pingPath = "/heartbeats/{key}";
export const pingParams = z.object({ key: id });
export const pingReply = z.object({ status: z.literal("ok") });
