/** The files of functions/: each is bundled and deployed as one Lambda function. */
import { globSync } from "node:fs";
import { basename, dirname } from "node:path";

export interface FunctionFile {
  /** `functions/oncall/schedules/get-schedule.ts` */
  readonly path: string;
  /** `oncall/schedules` */
  readonly folder: string;
  /** `oncall`, which is also its nested stack and its log group. */
  readonly area: string;
  /** `get-schedule` */
  readonly name: string;
  readonly kind: "http" | "queue" | "schedule";
}

/** Returns all of them, sorted by path. */
export function functionFiles(root: string): FunctionFile[] {
  return globSync("functions/**/*.{ts,tsx}", { cwd: root })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .sort()
    .map((path) => {
      const [name = "", kind] = basename(path)
        .replace(/\.tsx?$/, "")
        .split(".");
      return {
        path,
        folder: dirname(path).replace(/^functions\//, ""),
        area: path.split("/")[1] ?? "",
        name,
        kind: kind === "queue" || kind === "schedule" ? kind : "http",
      };
    });
}

/**
 * Returns the bundle of a source file. Lambda ends a handler's file name at the first dot, so
 * `alerts/correlate.queue.ts` becomes `alerts/correlate-queue`.
 */
export function bundleOf(source: string): string {
  return source.replace(/\.tsx?$/, "").replaceAll(".", "-");
}

export function handlerOf(source: string): string {
  return `dist/${bundleOf(source)}.handler`;
}
