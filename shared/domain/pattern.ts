/**
 * User-supplied regular expressions in RE2 syntax: matching takes time linear in the text for any pattern. As
 * in Prometheus, they are anchored at both ends, and a dot also matches a line break.
 */
import { RE2JS } from "re2js";
import { limits } from "./limits.ts";

/** Returns what is wrong with a pattern; null if it is valid. */
export function patternFault(pattern: string): string | null {
  return measurePattern(pattern).fault;
}

/** A pattern's size, and what is wrong with it. */
interface MeasuredPattern {
  /** See `patternSteps`; zero if it cannot be compiled. */
  readonly steps: number;
  readonly fault: string | null;
}

/** Compiles a pattern once to check it. */
export function measurePattern(pattern: string): MeasuredPattern {
  if ([...pattern].length > limits.patternLength)
    return { steps: 0, fault: `must have at most ${limits.patternLength} characters` };
  try {
    const steps = patternSteps(pattern);
    const isTooComplex = steps > limits.patternSteps;
    return { steps, fault: isTooComplex ? "is too complex: matching it would take too long" : null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    return { steps: 0, fault: `must be an RE2 regular expression: ${reason}` };
  }
}

/** Length of a Unicode class such as `\pL`, which compiles to hundreds of ranges, in `patternLength`. */
export const unicodeClassLength = 100;

/** Estimates the effort of compiling a pattern, in characters. */
export function patternLength(pattern: string): number {
  return pattern.length + unicodeClassLength * (pattern.match(/\\p/gi)?.length ?? 0);
}

/** Size of the compiled pattern: the maximum number of steps per character of the text. */
export function patternSteps(pattern: string): number {
  return compile(pattern).programSize();
}

/** Returns true if the pattern matches the whole text. */
export function matchesPattern(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? compile(pattern);
  if (!compiled.has(pattern)) {
    if (compiled.size >= patternsKept) compiled.clear();
    compiled.set(pattern, known);
  }
  return known.matches(text);
}

/** Returns the first group of the first match in a text, the whole match without groups; undefined without a match. */
export function findInText(pattern: string, text: string): string | undefined {
  const matcher = compile(pattern).matcher(text);
  if (!matcher.find()) return undefined;
  return matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? undefined;
}

/** Cache of compiled patterns. Compiling takes longer than matching, and rules use the same few patterns. */
const compiled = new Map<string, RE2JS>();
const patternsKept = 2_000;

function compile(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.DOTALL);
}
