import { type Silence, silenceState } from "../../../domain/alerts/silence.ts";
import { formatMatcher } from "../../components/alerts/matchers.ts";
import type { Column } from "../../components/data-table.tsx";
import { timeColumn } from "../../site/downloads/download.ts";

/** Silences as a file. */
export function silenceColumns(now: number): readonly Column<Silence>[] {
  return [
    { heading: "Comment", value: ({ comment }) => comment },
    { heading: "State", value: (silence) => silenceState(silence, now) },
    timeColumn("Start", ({ startsAt }) => startsAt),
    timeColumn("End", ({ endsAt }) => endsAt),
    { heading: "Recurring in", value: ({ windows }) => windows?.timezone ?? null },
    { heading: "Matchers", value: ({ matchers }) => matchers.map(formatMatcher).join("\n") },
    { heading: "Created by", value: ({ createdBy }) => createdBy },
    timeColumn("Created", ({ createdAt }) => createdAt),
    { heading: "ID", value: ({ id }) => id },
  ];
}
