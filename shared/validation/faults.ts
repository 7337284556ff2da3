import * as z from "zod";
import type { Fault } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { faultMessage } from "./fault-messages.ts";

/**
 * A schema's own message takes precedence. Passed explicitly, because bundling drops modules that are
 * imported only for side effects.
 */
z.config({ customError: faultMessage });

/** Returns the path and message of each fault of an input, at most `atMost`. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], atMost: number): Fault[] {
  const faults = issues.slice(0, atMost).flatMap((issue) =>
    pathsOf(issue, atMost).map((path) => ({
      path: path.map(String).join(".").slice(0, limits.faultPathLength).toWellFormed(),
      message: issue.message,
    })),
  );
  return faults.slice(0, atMost);
}

/**
 * Returns the paths of an issue. zod reports unknown fields as one issue of their object, so each gets its
 * own path.
 */
function pathsOf(issue: z.core.$ZodIssue, atMost: number): PropertyKey[][] {
  return issue.code === "unrecognized_keys"
    ? issue.keys.slice(0, atMost).map((key) => [...issue.path, key])
    : [issue.path];
}
