import type * as z from "zod";
import { readText } from "./json.ts";
import { parse } from "./query.ts";

/** A form's fields as they were sent; one that stands several times, as check boxes do, has several values. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/** @throws TooLarge */
export function readForm(body: string): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(readText(body))) {
    fields.set(name, [...(fields.get(name) ?? []), value.toWellFormed().replaceAll("\r\n", "\n")]);
  }
  return fields;
}

/** The only value of a field, or its first. */
export function fieldOf(fields: FormFields, name: string): string | undefined {
  return fields.get(name)?.[0];
}

/**
 * What a schema makes of a form: fields that it has as arrays come with all values, others with the first, and what
 * was left empty is not there.
 *
 * @throws Invalid
 */
export function parseForm<S extends z.ZodObject>(schema: S, fields: FormFields): z.output<S> {
  const values = Object.entries(schema.shape).map(([name, field]) => [
    name,
    field.def.type === "array" ? fields.get(name) : fieldOf(fields, name) || undefined,
  ]);
  return parse(schema, Object.fromEntries(values)) as z.output<S>;
}
