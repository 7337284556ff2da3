import { channelLabel } from "../../../channels/registry.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";
import { kindNames, recipientText, statusText } from "./notification-labels.ts";

/** Notifications as a file. */
export const notificationColumns: readonly Column<Notification>[] = [
  timeColumn("Created", ({ createdAt }) => createdAt),
  timeColumn("Sent", ({ sentAt }) => sentAt),
  { heading: "Status", value: statusText },
  { heading: "Recipient", value: recipientText },
  { heading: "Channel", value: ({ channel }) => channelLabel(channel) },
  { heading: "Kind", value: ({ kind }) => kindNames[kind] },
  { heading: "Incident", value: ({ metadata }) => Number(metadata.incident_number) || null },
  { heading: "Message", value: ({ message }) => message },
  { heading: "Attempts", value: ({ attempts }) => attempts.length },
  { heading: "Detail", value: ({ reason, attempts }) => reason ?? attempts.at(-1)?.detail ?? null },
  { heading: "ID", value: ({ id }) => id },
];
