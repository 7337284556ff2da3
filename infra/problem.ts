import { eraseLine } from "./operate/backup/progress.ts";

/** An error that the user can fix: printed without a stack, exit code 1. */
export class Problem extends Error {}

/** Prints an error in place of a progress bar, and ends the process. */
export function exitOnProblem(error: unknown): never {
  if (process.stderr.isTTY) process.stderr.write(eraseLine);
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}
