import * as z from "zod";
import { defineContract } from "../contract.ts";
import { id } from "../fields.ts";
import { notificationResource } from "./notification.ts";

export const getNotificationContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/notifications/{id}",
  summary: "Get a notification",
  description: "Includes its delivery attempts and receipts.",
  right: "read",
  params: z.object({ id }),
  status: 200,
  response: notificationResource,
});
