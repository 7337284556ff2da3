import type { WithActivity } from "../../../use-cases/integrations/integration-deps.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** Integrations as a file, without their keys. */
export const integrationColumns: readonly Column<WithActivity>[] = [
  { heading: "Name", value: ({ integration }) => integration.name },
  { heading: "Type", value: ({ integration }) => integration.type },
  { heading: "Service", value: ({ integration }) => integration.service },
  { heading: "Events", value: ({ activity }) => activity.events },
  { heading: "Errors", value: ({ activity }) => activity.errors },
  timeColumn("Last event", ({ activity }) => activity.lastEventAt),
  timeColumn("Created", ({ integration }) => integration.createdAt),
  { heading: "ID", value: ({ integration }) => integration.id },
];
