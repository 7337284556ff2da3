import type * as z from "zod";
import { parse } from "../../http/query.ts";

/** A form's fields as they were sent; one that stands several times, as check boxes do, has several values. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

export function readForm(body: string): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    fields.set(name, [...(fields.get(name) ?? []), value.toWellFormed().replaceAll("\r\n", "\n")]);
  }
  return fields;
}

/** The only value of a field, or its first. */
export function fieldOf(fields: FormFields, name: string): string | undefined {
  return fields.get(name)?.[0];
}

/** The fields of a form, or those of each thing that its buttons can ask for: one name is a list in all or in none. */
export type FormSchema = z.ZodObject | z.ZodDiscriminatedUnion<readonly z.ZodObject[]>;

/**
 * What a schema makes of a form: fields that it has as arrays come with all values, others with the first, and what
 * was left empty is not there.
 *
 * @throws Invalid
 */
export function parseForm<S extends FormSchema>(schema: S, fields: FormFields): z.output<S> {
  const known = objectsOf(schema).flatMap(({ shape }) => Object.entries(shape));
  const values = known.map(([name, field]) => [
    name,
    field.def.type === "array" ? fields.get(name) : fieldOf(fields, name) || undefined,
  ]);
  return parse(schema, Object.fromEntries(values)) as z.output<S>;
}

function objectsOf(schema: FormSchema): readonly z.ZodObject[] {
  return "options" in schema ? schema.options : [schema];
}
