import { type Incident, mttaSeconds, mttrSeconds } from "../../../domain/incidents/incident.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** Incidents as a file. */
export const incidentColumns: readonly Column<Incident>[] = [
  { heading: "Number", value: ({ number }) => number },
  { heading: "Title", value: ({ title }) => title },
  { heading: "Status", value: ({ status }) => status },
  { heading: "Severity", value: ({ severity }) => severity },
  { heading: "Service", value: ({ service }) => service },
  { heading: "Team", value: ({ team }) => team },
  { heading: "Assigned to", value: ({ assignedTo }) => assignedTo?.name ?? null },
  { heading: "Alerts", value: ({ alertCount }) => alertCount },
  timeColumn("Created", ({ createdAt }) => createdAt),
  timeColumn("Acknowledged", ({ acknowledgedAt }) => acknowledgedAt),
  { heading: "Acknowledged by", value: ({ acknowledgedBy }) => acknowledgedBy },
  timeColumn("Resolved", ({ resolvedAt }) => resolvedAt),
  { heading: "Resolved by", value: ({ resolvedBy }) => resolvedBy },
  { heading: "Time to acknowledge", unit: "seconds", value: mttaSeconds },
  { heading: "Time to resolve", unit: "seconds", value: mttrSeconds },
  { heading: "Source", value: ({ source }) => source },
  { heading: "Dedup key", value: ({ dedupKey }) => dedupKey },
  { heading: "ID", value: ({ id }) => id },
];
