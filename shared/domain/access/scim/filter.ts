/** Filters of SCIM 2.0 (RFC 7644 3.4.2.2): comparisons with `eq`, joined by `and`, as identity providers send them. */
import { Invalid } from "../../errors.ts";
import { limits } from "../../limits.ts";

export interface Comparison {
  /** Attribute or sub-attribute, in lower case: `emails.value`. */
  readonly attribute: string;
  readonly value: unknown;
}

const comparison = /^\s*([\w$.:-]+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)\s*$/i;

/** @param path name of the faulty part in the error @throws Invalid */
export function parseFilter(text: string, path = "filter"): readonly Comparison[] {
  // Splitting takes quadratic time.
  if (text.length > limits.scimFilterLength)
    throw new Invalid([{ path, message: `must have at most ${limits.scimFilterLength} characters` }]);
  return text.split(/\s+and\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/i).map((part) => {
    const [, attribute = "", literal = ""] = comparison.exec(part) ?? [];
    const value = literalValue(literal);
    if (attribute === "" || value === undefined)
      throw new Invalid([
        { path, message: 'must be comparisons with eq, such as userName eq "ada@example.com"' },
      ]);
    // `urn:ietf:params:scim:schemas:core:2.0:User:userName`
    return { attribute: attribute.slice(attribute.lastIndexOf(":") + 1).toLowerCase(), value };
  });
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
  const folded = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
  return folded(one) === folded(other);
}
