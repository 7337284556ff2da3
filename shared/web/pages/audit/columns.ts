import type { AuditEntry } from "../../../domain/access/audit.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

const jsonOf = (state: AuditEntry["before"]) => (state === null ? null : JSON.stringify(state));

/** The audit log as a file. */
export const auditColumns: readonly Column<AuditEntry>[] = [
  timeColumn("Time", ({ at }) => at),
  { heading: "Event", value: ({ event }) => event },
  { heading: "Actor", value: ({ actor }) => actor },
  { heading: "Actor type", value: ({ actorKind }) => actorKind },
  { heading: "Actor's provider ID", value: ({ subject }) => subject },
  { heading: "IP address", value: ({ ipAddress }) => ipAddress },
  { heading: "Right", value: ({ right }) => right },
  { heading: "Resource", value: ({ resource }) => resource },
  { heading: "Name or ID", value: ({ resourceId }) => resourceId },
  { heading: "Before", value: ({ before }) => jsonOf(before) },
  { heading: "After", value: ({ after }) => jsonOf(after) },
  { heading: "Method", value: ({ method }) => method },
  { heading: "Path", value: ({ path }) => path },
  { heading: "Request ID", value: ({ requestId }) => requestId },
  { heading: "ID", value: ({ id }) => id },
];
