import type * as z from "zod";
import type { Fault } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";

/** What is wrong with an input, where; at most so many faults, whatever somebody sends. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], atMost: number): Fault[] {
  return issues.slice(0, atMost).map(({ path, message }) => ({
    path: path.map(String).join(".").slice(0, limits.faultPathLength).toWellFormed(),
    message,
  }));
}
