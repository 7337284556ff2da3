import type * as z from "zod";

/** Converts zod's messages to messages for API users. A schema's own messages stay. */
export function faultWords(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (!/^(Invalid (input|option): expected|Too (big|small):|Unrecognized key)/.test(message)) return message;
  switch (issue.code) {
    case "invalid_type":
      return message.endsWith("received undefined")
        ? "is required"
        : `must be ${withArticle(issue.expected)}`;
    case "invalid_value":
      return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.minimum === 1 && issue.origin !== "number"
        ? "must not be empty"
        : bound(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "unrecognized_keys":
      return "is not a known field";
    default:
      return message;
  }
}

const counted: Readonly<Record<string, string>> = { string: "characters", array: "items", set: "items" };

function bound(origin: string, how: string, limit: number | bigint): string {
  const unit = counted[origin];
  return unit === undefined ? `must be ${how} ${limit}` : `must have ${how} ${limit} ${unit}`;
}

function withArticle(type: string): string {
  const name = type === "int" ? "whole number" : type === "record" ? "object" : type;
  return `${/^[aeio]/.test(name) ? "an" : "a"} ${name}`;
}
