import * as z from "zod";
import { healthStatuses } from "../../domain/health.ts";

export const healthStatus = z.enum(healthStatuses);
