import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { notificationStatuses } from "../../domain/notifications/notification.ts";
import { channelInput } from "../channel.ts";
import { defineContract } from "../contract.ts";
import { incidentFilter, nextCursor, pageQuery, text } from "../fields.ts";
import { notificationResource } from "./notification.ts";

export const listNotificationsContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/notifications",
  summary: "List notifications",
  description: "Newest first.",
  right: "read",
  query: z.object({
    ...pageQuery,
    incident_id: incidentFilter,
    channel: channelInput.optional(),
    status: z.enum(notificationStatuses).optional(),
    recipient: text(1, limits.addressLength).optional(),
  }),
  status: 200,
  response: z.object({ notifications: z.array(notificationResource), next_cursor: nextCursor }),
});
