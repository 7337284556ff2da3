import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { channels } from "../../domain/notification.ts";
import { defineContract } from "../contract.ts";
import { labels, severityInput, text } from "../fields.ts";
import { notificationResource } from "./notification.ts";

/** The original name of the console. */
const mock = z.literal("mock").transform(() => "console" as const);

export const createNotificationContract = defineContract({
  method: "POST",
  path: "/api/v1/notify",
  summary: "Send a message about an incident",
  scope: "write",
  body: z.object({
    incident_id: text(1, 64).meta({ description: "The incident's id or number." }),
    recipient: text(1, limits.emailLength),
    message: text(1, limits.messageLength),
    channel: z.union([z.enum(channels), mock], `must be one of ${channels.join(", ")}`).default("console"),
    severity: severityInput.nullable().default(null),
    metadata: labels.default({}),
  }),
  status: 202,
  response: notificationResource,
  idempotent: true,
});
