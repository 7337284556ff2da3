import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";
import type { CurrentHeartbeat } from "./current-heartbeat.ts";

/** Heartbeats as a file. */
export const heartbeatColumns: readonly Column<CurrentHeartbeat>[] = [
  { heading: "Name", value: ({ heartbeat }) => heartbeat.name },
  { heading: "State", value: ({ state }) => state },
  { heading: "Service", value: ({ heartbeat }) => heartbeat.service },
  { heading: "Team", value: ({ heartbeat }) => heartbeat.team },
  { heading: "Severity", value: ({ heartbeat }) => heartbeat.severity },
  { heading: "Interval", unit: "seconds", value: ({ heartbeat }) => heartbeat.intervalSeconds },
  { heading: "Grace", unit: "seconds", value: ({ heartbeat }) => heartbeat.graceSeconds },
  timeColumn("Last ping", ({ lastBeatAt }) => lastBeatAt),
  timeColumn("Missing since", ({ missingSince }) => missingSince),
  { heading: "ID", value: ({ heartbeat }) => heartbeat.id },
];
