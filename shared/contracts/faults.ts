import type * as z from "zod";
import type { Fault } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { faultWords } from "./fault-words.ts";

/** What is wrong with an input, where; at most so many faults, whatever somebody sends. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], atMost: number): Fault[] {
  const faults = issues.slice(0, atMost).flatMap((issue) =>
    placesOf(issue, atMost).map((place) => ({
      path: place.map(String).join(".").slice(0, limits.faultPathLength).toWellFormed(),
      message: faultWords(issue),
    })),
  );
  return faults.slice(0, atMost);
}

/** Unknown fields are one issue of the object that has them; each is a fault at its own path. */
function placesOf(issue: z.core.$ZodIssue, atMost: number): PropertyKey[][] {
  return issue.code === "unrecognized_keys"
    ? issue.keys.slice(0, atMost).map((key) => [...issue.path, key])
    : [issue.path];
}
