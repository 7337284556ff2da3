import type { OnCall } from "../../../domain/oncall/on-call.ts";
import type { OnCallRole } from "../../../domain/oncall/schedule.ts";
import { hourMs } from "../../../domain/time-units.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

export interface Shift extends OnCall {
  readonly role: OnCallRole;
}

/** Shifts of a team as a file. */
export const shiftColumns: readonly Column<Shift>[] = [
  { heading: "Role", value: ({ role }) => role },
  { heading: "Name", value: ({ person }) => person?.name ?? "no one" },
  { heading: "Email", value: ({ person }) => person?.email ?? null },
  timeColumn("Start", ({ start }) => start),
  timeColumn("End", ({ end }) => end),
  {
    heading: "Duration",
    unit: "hours",
    value: ({ start, end }) => Math.round(((end - start) / hourMs) * 100) / 100,
  },
  { heading: "Kind", value: ({ person, kind }) => (person === null ? null : kind) },
];
