import type * as z from "zod";
import type { Fault } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { faultWords } from "./fault-words.ts";

/** What is wrong with an input, where; at most so many faults, whatever somebody sends. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], atMost: number): Fault[] {
  return issues.slice(0, atMost).map((issue) => ({
    path: issue.path.map(String).join(".").slice(0, limits.faultPathLength).toWellFormed(),
    message: faultWords(issue),
  }));
}
