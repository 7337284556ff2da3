import type * as z from "zod";
import { parse } from "../../../http/request/query.ts";

/** Submitted fields. A repeated field, such as checkboxes, has several values. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

export function readForm(body: string): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    fields.set(name, [...(fields.get(name) ?? []), value.toWellFormed().replaceAll("\r\n", "\n")]);
  }
  return fields;
}

/** Returns the first value of a field. */
export function fieldOf(fields: FormFields, name: string): string | undefined {
  return fields.get(name)?.[0];
}

/** Schema of a form, or of each of its buttons. A field is a list in all of them or in none. */
export type FormSchema = z.ZodObject | z.ZodDiscriminatedUnion<readonly z.ZodObject[]>;

/**
 * Parses a form with a schema. Array fields get all values, others the first. Empty fields are absent.
 *
 * @throws Invalid
 */
export function parseForm<S extends FormSchema>(schema: S, fields: FormFields): z.output<S> {
  const known = objectsOf(schema).flatMap(({ shape }) => Object.entries(shape));
  const values = known.map(([name, field]) => [
    name,
    isList(field) ? fields.get(name) : fieldOf(fields, name) || undefined,
  ]);
  return parse(schema, Object.fromEntries(values)) as z.output<S>;
}

/** Returns true for an array, also one that is optional or has a default. */
function isList({ def }: z.ZodType): boolean {
  return def.type === "array" || ("innerType" in def && isList(def.innerType as z.ZodType));
}

function objectsOf(schema: FormSchema): readonly z.ZodObject[] {
  return "options" in schema ? schema.options : [schema];
}
