/** Results of an earlier run, for comparison. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { Problem } from "../../infra/problem.ts";
import { type Row, rounded } from "./report.ts";

const schema = z.object({
  machine: z.object({ cpus: z.number(), model: z.string().optional(), node: z.string() }),
  quick: z.boolean(),
  // JSON has no NaN.
  rows: z.array(z.object({ section: z.string(), what: z.string(), value: z.number().nullable() })),
});

export type Baseline = z.output<typeof schema>;

export function readBaseline(file: string): Baseline {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Problem(`${file} is not a result of this command: ${(error as Error).message}`);
  }
}

/** Returns warnings for a run that doesn't compare with the baseline. */
export function differences(
  { machine, quick }: Baseline,
  now: Pick<Baseline, "machine" | "quick">,
): string[] {
  return [
    ...(quick === now.quick ? [] : ["The earlier run was of another length (--quick)."]),
    ...(isDeepStrictEqual(machine, now.machine)
      ? []
      : [`The earlier run was on another machine or Node: ${JSON.stringify(machine)}.`]),
  ];
}

/** Adds the ratio to the same row of an earlier run. */
export function withRatios(rows: readonly Row[], baseline: Baseline | undefined): readonly Row[] {
  if (!baseline) return rows;
  const before = new Map(baseline.rows.map((row) => [nameOf(row), row.value]));
  return rows.map((row) => {
    const beside = [ratio(row.value, before.get(nameOf(row)) ?? undefined), row.beside];
    return { ...row, beside: beside.filter((text) => text).join("; ") };
  });
}

function ratio(now: number, before: number | undefined): string {
  if (before === undefined) return "new";
  if (before === 0) return now === 0 ? "still 0" : "was 0";
  return `${rounded(now / before)} × ${rounded(before)}`;
}

function nameOf({ section, what }: Pick<Row, "section" | "what">): string {
  return `${section}: ${what}`;
}
