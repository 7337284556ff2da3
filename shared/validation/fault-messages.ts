import type * as z from "zod";

/** Converts a zod issue to a message for API users; undefined to keep zod's own message. */
export function faultMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is required" : `must be ${withArticle(issue.expected)}`;
    case "invalid_value":
      return `must be ${choiceOf(issue.values.map(String))}`;
    case "too_small":
      return issue.minimum === 1 && issue.origin !== "number"
        ? "must not be empty"
        : bound(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_format":
      return Object.hasOwn(formats, issue.format) ? `must be ${formats[issue.format]}` : undefined;
    case "invalid_union":
      return Array.isArray(issue.options) ? `must be ${choiceOf(issue.options.map(String))}` : undefined;
    case "unrecognized_keys":
      return "is not a known field";
    default:
      return undefined;
  }
}

const formats: Readonly<Record<string, string>> = { url: "a URL", email: "an email address" };

const counted: Readonly<Record<string, string>> = { string: "characters", array: "items", set: "items" };

function choiceOf(values: readonly string[]): string {
  const named = values.filter((value) => value !== "");
  const empty = named.length < values.length ? "empty or " : "";
  return `${empty}${named.length > 1 ? "one of " : ""}${named.join(", ")}`;
}

function bound(origin: string, how: string, limit: number | bigint): string {
  const unit = counted[origin];
  return unit === undefined ? `must be ${how} ${limit}` : `must have ${how} ${limit} ${unit}`;
}

function withArticle(type: string): string {
  const name = type === "int" ? "whole number" : type === "record" ? "object" : type;
  return `${/^[aeio]/.test(name) ? "an" : "a"} ${name}`;
}
