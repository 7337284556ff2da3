import * as z from "zod";
import { channels, notificationStatuses } from "../../domain/notification.ts";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { notificationResource } from "./notification.ts";

export const listNotificationsContract = defineContract({
  method: "GET",
  path: "/api/v1/notifications",
  summary: "Notifications, newest first",
  scope: "read",
  query: z.object({
    ...pageQuery,
    incident_id: z.string().optional(),
    channel: z.enum(channels).optional(),
    status: z.enum(notificationStatuses).optional(),
    recipient: z.string().optional(),
  }),
  status: 200,
  response: z.object({ notifications: z.array(notificationResource), next_cursor: nextCursor }),
});
