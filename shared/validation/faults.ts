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
  const faults = issues
    .slice(0, atMost)
    .flatMap(withoutUnion)
    .flatMap((issue) =>
      pathsOf(issue, atMost).map((path) => ({
        path: path.map(String).join(".").slice(0, limits.faultPathLength).toWellFormed(),
        message: issue.message,
      })),
    );
  return faults.slice(0, atMost);
}

/** Omits repetitions, such as those of several parts of a request that are one field of a form. */
export function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}

/**
 * Returns the issues within the only alternative of a union that the input resembles, which are more helpful than
 * the issue of the union.
 */
function withoutUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [alternative, ...others] = issue.errors.filter((issues) =>
    issues.some(({ path }) => path.length > 0),
  );
  if (!alternative || others.length > 0) return [issue];
  return alternative.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
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
