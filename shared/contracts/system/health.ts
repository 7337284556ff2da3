import * as z from "zod";

export const serviceNames = ["alerts", "incidents", "oncall", "notifications", "web"] as const;
export type ServiceName = (typeof serviceNames)[number];

export const healthStatus = z.enum(["ok", "degraded"]);
