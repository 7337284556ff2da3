/** Label matchers in amtool syntax: `severity=critical`, `job!~"test.*"`, `"a name"="a value"`. */

import { Invalid } from "../../domain/errors.ts";
import type { LabelMatcher, Patterns } from "../../use-cases/ports/integration-context.ts";

const quoted = String.raw`"((?:[^"\\]|\\.)*)"`;
const pattern = new RegExp(
  String.raw`^(?:${quoted}|([^\s=!~"{},]+))\s*(=~|!~|!=|=)(?:\s*${quoted}|([^"]*))$`,
  "s",
);

/** @throws Invalid for an invalid matcher or regular expression */
export function parseMatcher(text: string, patterns: Patterns): LabelMatcher {
  const [, quotedName, bareName, op, quotedValue, bareValue = ""] = pattern.exec(text.trim()) ?? [];
  const name = quotedName === undefined ? bareName : unescaped(quotedName);
  if (!name || !isOperator(op)) throw refusal("must be a matcher like severity=critical");
  const value = quotedValue === undefined ? bareValue.trim() : unescaped(quotedValue);
  const fault = op.endsWith("~") ? patterns.fault(value) : null;
  if (fault !== null) throw refusal(fault);
  return { name, op, value };
}

/** A missing label is empty. */
export function matchesLabels(
  { name, op, value }: LabelMatcher,
  labels: Readonly<Record<string, string>>,
  patterns: Patterns,
): boolean {
  const label = (Object.hasOwn(labels, name) ? labels[name] : undefined) ?? "";
  const matches = op.endsWith("~") ? patterns.matches(value, label) : value === label;
  return matches === op.startsWith("=");
}

function isOperator(op: string | undefined): op is LabelMatcher["op"] {
  return op === "=" || op === "!=" || op === "=~" || op === "!~";
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => (character === "n" ? "\n" : character));
}

function refusal(message: string): Invalid {
  return new Invalid([{ path: "filter", message }]);
}
