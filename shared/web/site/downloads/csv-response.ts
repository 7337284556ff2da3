import { formatInstant } from "../../../domain/time.ts";
import { csvText } from "./csv.ts";
import type { Download } from "./download.ts";

/** Responds with a file, such as `alerts-2026-11-23.csv`, or `alerts-2026-11-23-first-1000.csv` if there are more rows. */
export function csvResponse(name: string, { lines, isComplete }: Download, now: number): Response {
  const rows = lines.length - 1;
  const file = `${name}-${formatInstant(now).slice(0, 10)}${isComplete ? "" : `-first-${rows}`}.csv`;
  return new Response(csvText(lines), {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${file}"`,
    },
  });
}
