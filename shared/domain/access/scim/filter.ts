/**
 * Filters of SCIM 2.0 (RFC 7644 3.4.2.2): comparisons with `eq`, joined by `and`, as identity providers send them. Comparisons
 * in brackets apply to the attribute before them: `emails[type eq "work"].value eq "ada@example.com"`.
 */
import { Invalid } from "../../errors.ts";
import { limits } from "../../limits.ts";

export interface Comparison {
  /** Attribute or sub-attribute, in lower case: `emails.value`. */
  readonly attribute: string;
  readonly value: unknown;
}

const comparison = /^([\w$.:-]+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)$/i;
const bracketed = /^([\w$.:-]+)\[(.*)\](?:\.(\S.*))?$/s;
const token = /"(?:[^"\\]|\\.)*"|\s+and\s+|[^"\s]|\s+|"/gi;

/** @param path name of the faulty part in the error @throws Invalid */
export function parseFilter(text: string, path = "filter"): readonly Comparison[] {
  if (text.length > limits.scimFilterLength)
    throw new Invalid([{ path, message: `must have at most ${limits.scimFilterLength} characters` }]);
  return partsOf(text).flatMap((part) => {
    const [, list, inner = "", rest] = bracketed.exec(part) ?? [];
    if (list === undefined) return [comparisonOf(part, path)];
    const ofItem = [...partsOf(inner), ...(rest === undefined ? [] : [rest])];
    return ofItem.map((each) => {
      const { attribute, value } = comparisonOf(each, path);
      return { attribute: `${nameOf(list)}.${attribute}`, value };
    });
  });
}

/** Splits a filter at each `and` outside texts and brackets. */
function partsOf(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const [piece] of text.matchAll(token)) {
    if (piece === "[") depth += 1;
    if (piece === "]") depth -= 1;
    if (depth === 0 && /^\s+and\s+$/i.test(piece)) parts.push("");
    else parts.push(parts.pop() + piece);
  }
  return parts.map((part) => part.trim());
}

/** @throws Invalid */
function comparisonOf(text: string, path: string): Comparison {
  const [, attribute, literal = ""] = comparison.exec(text) ?? [];
  const value = literalValue(literal);
  if (attribute === undefined || value === undefined)
    throw new Invalid([
      { path, message: 'must be comparisons with eq, such as userName eq "ada@example.com"' },
    ]);
  return { attribute: nameOf(attribute), value };
}

/** Returns the name in `urn:ietf:params:scim:schemas:core:2.0:User:userName`, in lower case. */
function nameOf(attribute: string): string {
  return attribute.slice(attribute.lastIndexOf(":") + 1).toLowerCase();
}

function literalValue(literal: string): unknown {
  try {
    return JSON.parse(/^["-\d]/.test(literal) ? literal : literal.toLowerCase());
  } catch {
    return undefined;
  }
}

/** Compares as SCIM does: texts without case, because no attribute here is case-exact except IDs, which have one case. */
export function isEqual(one: unknown, other: unknown): boolean {
  return withoutCase(one) === withoutCase(other);
}

export function withoutCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
