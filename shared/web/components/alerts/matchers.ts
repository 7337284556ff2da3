/** Matchers as text, one per line: `service = checkout`, `labels.env =~ dev.*`. */
import { type Matcher, matchOperators } from "../../../domain/alerts/matcher.ts";

/** @returns matchers, or the first line that is none */
export function parseMatchers(text: string): readonly Matcher[] | { readonly invalid: string } {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const parsed = lines.map((line) => ({ line, matcher: parseMatcher(line) }));
  const fault = parsed.find(({ matcher }) => matcher === undefined);
  return fault ? { invalid: fault.line } : parsed.flatMap(({ matcher }) => matcher ?? []);
}

const written = /^\s*(.+?)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

function parseMatcher(line: string): Matcher | undefined {
  const [, field = "", sign = "", value = ""] = written.exec(line) ?? [];
  const op = matchOperators.find((known) => known === sign);
  if (!op) return undefined;
  return { field, op, value: unquoted(value) };
}

export function formatMatcher({ field, op, value }: Matcher): string {
  const isPlain = value.trim() === value && value !== "" && !/^"|\n/.test(value);
  return `${field} ${op} ${isPlain ? value : JSON.stringify(value)}`;
}

/** Quotes keep spaces and line breaks. */
function unquoted(value: string): string {
  if (!/^".*"$/s.test(value)) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
