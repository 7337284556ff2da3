/** Tables of the home page as files. */
import type { TeamNow } from "../../../domain/oncall/team.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";
import { type AgeRow, ages } from "./ages.ts";

export const ageColumns: readonly Column<AgeRow>[] = [
  { heading: "Severity", value: ({ severity }) => severity },
  ...ages.map(({ name }, age) => ({ heading: name, value: ({ counts }: AgeRow) => counts[age] ?? 0 })),
];

export const onCallNowColumns: readonly Column<TeamNow>[] = [
  { heading: "Team", value: ({ schedule }) => schedule.team },
  { heading: "Primary", value: ({ roles }) => roles.primary.person?.name ?? null },
  { heading: "Primary email", value: ({ roles }) => roles.primary.person?.email ?? null },
  timeColumn("Until", ({ roles }) => (Number.isFinite(roles.primary.end) ? roles.primary.end : null)),
  { heading: "Secondary", value: ({ roles }) => roles.secondary.person?.name ?? null },
  { heading: "Secondary email", value: ({ roles }) => roles.secondary.person?.email ?? null },
];
