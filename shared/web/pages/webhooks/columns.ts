import type { Webhook } from "../../../domain/notifications/webhook.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** Webhooks as a file, without their secrets. */
export const webhookColumns: readonly Column<Webhook>[] = [
  { heading: "Team", value: ({ team }) => team },
  { heading: "URL", value: ({ url }) => url },
  { heading: "Description", value: ({ description }) => description },
  { heading: "Events", value: ({ events }) => events.join(", ") },
  { heading: "State", value: ({ enabled }) => (enabled ? "enabled" : "disabled") },
  { heading: "Disabled because", value: ({ disabledReason }) => disabledReason },
  timeColumn("Created", ({ createdAt }) => createdAt),
  { heading: "ID", value: ({ id }) => id },
];
