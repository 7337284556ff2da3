import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";
import { outcomeNameOf } from "./outcome-labels.ts";

/** Alerts as a file. */
export const alertColumns: readonly Column<RecordedAlert>[] = [
  timeColumn("Received", ({ receivedAt }) => receivedAt),
  timeColumn("Sent", ({ timestamp }) => timestamp),
  { heading: "Severity", value: ({ severity }) => severity },
  { heading: "Service", value: ({ service }) => service },
  { heading: "Message", value: ({ message }) => message },
  { heading: "Action", value: ({ action }) => action },
  { heading: "Outcome", value: outcomeNameOf },
  { heading: "Incident ID", value: ({ incidentId }) => incidentId },
  { heading: "Source", value: ({ source }) => source },
  { heading: "Dedup key", value: ({ dedupKey }) => dedupKey },
  { heading: "Labels", value: ({ labels }) => JSON.stringify(labels) },
  { heading: "ID", value: ({ id }) => id },
];
