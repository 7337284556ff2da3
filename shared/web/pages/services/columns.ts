import type { Column } from "../../components/data-table.tsx";
import type { ListedService } from "./listed-services.ts";

/** Services as a file. */
export const serviceColumns: readonly Column<ListedService>[] = [
  { heading: "Service", value: ({ name }) => name },
  { heading: "Team", value: ({ team }) => team },
  { heading: "Unresolved incidents", value: ({ incidents }) => incidents },
  { heading: "Highest severity", value: ({ worst }) => worst },
  {
    heading: "Auto-resolve",
    unit: "seconds",
    value: ({ settings }) => settings?.autoResolveSeconds ?? null,
  },
];
