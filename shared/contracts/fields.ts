/** Shared fields. Lengths are counted in characters, not bytes. */
import * as z from "zod";
import { emailPattern } from "../domain/email.ts";
import { limits } from "../domain/limits.ts";
import { parseSeverity, severities, severityNames } from "../domain/severity.ts";
import { oneLine, plainText } from "../domain/text/lines.ts";
import { isStorable, unstorable } from "../domain/text/storable-text.ts";
import { formatInstant, parseInstant } from "../domain/time.ts";

export function text(minimum: number, maximum: number) {
  return bounded(z.string(), minimum, maximum);
}

/** A single-line text. Line breaks become spaces, and other control characters are removed. */
export function line(minimum: number, maximum: number) {
  return text(minimum, maximum)
    .transform(oneLine)
    .refine((value) => value !== "", "must not be blank");
}

/** Parses a value with a chosen schema and adds its issues to the context. */
export function parseAs<S extends z.ZodType>(
  schema: S,
  value: unknown,
  context: z.core.ParsePayload | z.RefinementCtx,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  context.issues.push(
    ...result.error.issues.map((issue) => ({ ...issue, input: value }) as z.core.$ZodRawIssue),
  );
  return z.NEVER;
}

/** A name that is compared without case and extra spaces. */
export function name(maximum: number) {
  return bounded(z.string().trim().toLowerCase(), 1, maximum)
    .refine((value) => plainText.test(value), "must have no control characters or direction overrides")
    .meta({ pattern: plainText.source });
}

function bounded(schema: z.ZodString, minimum: number, maximum: number) {
  return schema
    .refine((value) => hasLength(value, minimum, maximum), `must have ${minimum} to ${maximum} characters`)
    .refine(isStorable, unstorable)
    .meta({ minLength: minimum, maxLength: maximum });
}

function hasLength(value: string, minimum: number, maximum: number): boolean {
  // A character takes at most two UTF-16 units, so much longer texts are rejected without counting.
  if (value.length > maximum * 2) return false;
  const length = [...value].length;
  return length >= minimum && length <= maximum;
}

/** An ID in a request. */
export const id = text(1, limits.idLength);

/** ID or number of an incident. A JSON number means the same as its digits, so both are 404 if no incident has it. */
export const incidentIdOrNumber = z.union(
  [id, z.int().transform(String)],
  "must be the ID or the number of an incident",
);

/** Filter of a list by an incident. */
export const incidentFilter = id.optional().meta({
  description: "ID or number of an incident. If there is none, the list is empty.",
});

export const serviceName = name(limits.serviceLength);
export const teamName = name(limits.teamLength);

/** Returns a case-insensitive pattern, because JSON Schema patterns have no flags. */
function inAnyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toUpperCase()}${letter}]`).join("");
}

export const severityInput = z
  .string()
  .transform((value, context) => {
    const severity = parseSeverity(value);
    if (severity) return severity;
    context.addIssue(`must be one of ${severities.join(", ")} (or error, warning, info)`);
    return z.NEVER;
  })
  .meta({
    pattern: `^\\s*(${severityNames.map(inAnyCase).join("|")})\\s*$`,
    description: "Case-insensitive. Also accepts error (high), warning (medium) and info (low).",
    examples: [...severities],
  });

/** A time in a request, as epoch milliseconds. */
export const instantInput = z
  .string()
  .max(64)
  .transform((value, context) => {
    const at = parseInstant(value);
    if (at !== undefined) return at;
    context.addIssue("must be a time such as 2026-11-23T10:00:00Z; without an offset it is UTC");
    return z.NEVER;
  })
  .meta({ format: "date-time" });

/** A time in a response: RFC 3339 in UTC. */
export const instant = z.string().meta({ format: "date-time" });

export function instantOrNull(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(limits.emailLength)
  .pipe(z.email({ pattern: emailPattern, error: "must be an email address" }))
  .meta({ format: "email" });

export const person = z.strictObject({ name: text(1, limits.personNameLength), email });
export const personResource = z.object({ name: z.string(), email: z.string() });

export const linkResource = z.object({ text: z.string(), href: z.string() });

/** Names with plain values. */
export const labels = z
  .record(
    text(1, limits.labelNameLength),
    z.union(
      [text(0, limits.labelValueLength), z.number(), z.boolean()],
      "must be a string, a number or a boolean",
    ),
  )
  .refine(
    (value) => Object.keys(value).length <= limits.labelsPerAlert,
    `must have at most ${limits.labelsPerAlert} entries`,
  )
  .meta({ maxProperties: limits.labelsPerAlert });

/** Query parameters of every list. */
export const pageQuery = {
  limit: z
    .string()
    .transform((value, context) => {
      const limit = /^\d{1,9}$/.test(value) ? Number(value) : 0;
      if (limit >= 1 && limit <= limits.pageSize) return limit;
      context.addIssue(`must be a number from 1 to ${limits.pageSize}`);
      return z.NEVER;
    })
    .default(limits.defaultPageSize)
    .meta({ type: "integer", minimum: 1, maximum: limits.pageSize, default: limits.defaultPageSize }),
  cursor: z
    .string()
    .regex(/^[\w-]*$/, "must be the next_cursor of a response of this list")
    .optional()
    .meta({ description: "next_cursor of the previous page; empty for the first." }),
};

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: "Cursor of the next page; null on the last page." });

/** For `refine`: limits the size as JSON. */
export function weighingAtMost(bytes: number): [check: (value: unknown) => boolean, message: string] {
  return [
    (value) => new TextEncoder().encode(JSON.stringify(value)).length <= bytes,
    `must be at most ${bytes} bytes`,
  ];
}
