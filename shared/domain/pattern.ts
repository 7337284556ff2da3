/**
 * Regular expressions that somebody else wrote, in RE2's syntax: matching takes time linear in the text, whatever the
 * pattern. Like Prometheus' they are anchored at both ends, and a dot means a line's end too.
 */
import { RE2JS } from "re2js";
import { limits } from "./limits.ts";

/** What is wrong with a pattern; null for nothing. */
export function patternFault(pattern: string): string | null {
  if ([...pattern].length > limits.patternLength)
    return `must have at most ${limits.patternLength} characters`;
  try {
    return patternSteps(pattern) <= limits.patternSteps
      ? null
      : "repeats so much that matching it would take too long";
  } catch (error) {
    return `must be a regular expression of RE2: ${error instanceof Error ? error.message : error}`;
  }
}

/** What a pattern becomes: matching it takes up to so many steps for each character of the text. */
export function patternSteps(pattern: string): number {
  return compile(pattern).programSize();
}

/** Whether the pattern describes the whole text. */
export function matchesPattern(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? compile(pattern);
  if (!compiled.has(pattern)) {
    if (compiled.size >= patternsKept) compiled.clear();
    compiled.set(pattern, known);
  }
  return known.matches(text);
}

/** Compiling takes longer than matching, and rules ask with the same few again and again. */
const compiled = new Map<string, RE2JS>();
const patternsKept = 2_000;

function compile(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.DOTALL);
}
