/** Fields shared by several requests. Optional fields of a wrong type do not reject a request. */
import * as z from "zod";
import { tagsLabel } from "../../domain/alerts/label-edit.ts";
import type { Severity } from "../../domain/severity.ts";

/** Numbers and booleans are converted to text. */
const readable = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const text = readable.nullish().catch(undefined);

/** Prefix of details whose name is a field of the alert. */
export const detailPrefix = "details_";

/** Fields of an alert that are labels. */
const fieldNames = ["description", "entity", tagsLabel];

/** Returns the label of a detail that is added to an alert. */
export function labelOfDetail(name: string): string {
  return fieldNames.includes(name) ? detailPrefix + name : name;
}

/** Returns the original name of a detail. */
export function detailOf(label: string): string {
  const name = label.slice(detailPrefix.length);
  return label.startsWith(detailPrefix) && fieldNames.includes(name) ? name : label;
}

const emptyMessage = "can not be empty";
export const required = z
  .union([z.string(), z.number(), z.boolean()], emptyMessage)
  .transform(String)
  .pipe(z.string().regex(/\S/, emptyMessage));

/** Actor, source and note of an action. */
export const deed = z.object({ user: text, source: text, note: text });

export const severityOf: Readonly<Record<string, Severity>> = {
  P1: "critical",
  P2: "high",
  P3: "medium",
  P4: "low",
  P5: "low",
};
export const priorityOf: Readonly<Record<Severity, string>> = {
  critical: "P1",
  high: "P2",
  medium: "P3",
  low: "P4",
};

/** `P1` to `P5`, case-insensitive. */
export const priority = z
  .string()
  .transform((value) => value.trim().toUpperCase())
  .pipe(z.enum(["P1", "P2", "P3", "P4", "P5"], "must be one of P1, P2, P3, P4, P5"))
  .transform((value) => severityOf[value] as Severity);

/** A list, or a comma-separated text. */
export const tags = z.union([
  z.string().transform((value) => value.split(",").map((tag) => tag.trim())),
  z.array(z.unknown()).transform((values) => values.flatMap((value) => readable.safeParse(value).data ?? [])),
]);
