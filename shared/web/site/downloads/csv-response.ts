import { brotliCompressSync, gzipSync } from "node:zlib";
import { formatInstant } from "../../../domain/time.ts";
import { codingFor } from "../../../http/request/codings.ts";
import { csvText } from "./csv.ts";
import type { Download } from "./download.ts";

/**
 * Responds with a file, such as `alerts-2026-11-23.csv`, or `alerts-2026-11-23-first-1000.csv` if there are more rows.
 * It is compressed for all browsers, which also keeps its byte order mark: a text without it leaves the function.
 */
export function csvResponse(
  name: string,
  { lines, isComplete }: Download,
  { now, headers }: { readonly now: number; readonly headers: Headers },
): Response {
  const rows = lines.length - 1;
  const file = `${name}-${formatInstant(now).slice(0, 10)}${isComplete ? "" : `-first-${rows}`}.csv`;
  const text = csvText(lines);
  const coding = codingFor(headers)?.name;
  const body = coding === undefined ? text : coding === "br" ? brotliCompressSync(text) : gzipSync(text);
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${file}"`,
      vary: "accept-encoding",
      ...(coding !== undefined && { "content-encoding": coding }),
    },
  });
}
