import type { Forecast } from "../../../domain/oncall/forecast.ts";
import type { OnCallRole, Schedule } from "../../../domain/oncall/schedule.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

interface TeamRow {
  readonly schedule: Pick<Schedule, "team" | "timezone">;
  readonly forecast: Forecast;
}

const current = ({ forecast }: TeamRow, role: OnCallRole) => forecast.roles[role].current.person;

/** People on call as a file. */
export const teamColumns: readonly Column<TeamRow>[] = [
  { heading: "Team", value: ({ schedule }) => schedule.team },
  { heading: "Primary", value: (row) => current(row, "primary")?.name ?? null },
  { heading: "Primary email", value: (row) => current(row, "primary")?.email ?? null },
  timeColumn("Until", ({ forecast }) => forecast.roles.primary.next?.start ?? null),
  { heading: "Next", value: ({ forecast }) => forecast.roles.primary.next?.person?.name ?? null },
  { heading: "Secondary", value: (row) => current(row, "secondary")?.name ?? null },
  { heading: "Secondary email", value: (row) => current(row, "secondary")?.email ?? null },
  { heading: "Gaps", value: ({ forecast }) => forecast.gaps.length },
  { heading: "Time zone", value: ({ schedule }) => schedule.timezone },
];
