import type { DeadLetter } from "../../../domain/pipeline/dead-letter.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** Dead letters as a file. */
export const deadLetterColumns: readonly Column<DeadLetter>[] = [
  { heading: "ID", value: ({ id }) => id },
  timeColumn("Sent", ({ sentAt }) => sentAt),
  { heading: "Reason", value: ({ reason }) => reason },
  { heading: "Group", value: ({ group }) => group },
  { heading: "Redriven before", value: ({ wasRedriven }) => (wasRedriven ? "yes" : "no") },
  { heading: "Message", value: ({ body }) => body },
];
