import type { WithUse } from "../../../use-cases/access/make-api-key.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** API keys as a file, without the keys themselves. */
export const keyColumns: readonly Column<WithUse>[] = [
  { heading: "Name", value: ({ apiKey }) => apiKey.name },
  { heading: "Starts with", value: ({ apiKey }) => apiKey.keyPrefix },
  { heading: "Scopes", value: ({ apiKey }) => apiKey.scopes.join(", ") },
  { heading: "Teams", value: ({ apiKey }) => apiKey.teams?.join(", ") ?? null },
  { heading: "Break-glass", value: ({ apiKey }) => (apiKey.breakGlass ? "yes" : "no") },
  timeColumn("Created", ({ apiKey }) => apiKey.createdAt),
  timeColumn("Last used", ({ lastUsedAt }) => lastUsedAt),
  timeColumn("Rotated", ({ apiKey }) => apiKey.rotatedAt),
  timeColumn("Expires", ({ apiKey }) => apiKey.validUntil),
  timeColumn("Revoked", ({ apiKey }) => apiKey.revokedAt),
  { heading: "ID", value: ({ apiKey }) => apiKey.id },
];
