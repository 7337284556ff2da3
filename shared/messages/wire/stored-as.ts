import * as z from "zod";

/**
 * Keeps the names under which fields are stored and sent, whatever the code calls them. Releases before and after
 * a renaming read each other's items and messages, so a rolling update and a rollback lose nothing.
 *
 * @param names name in the code by stored name
 */
export function storedAs<T extends z.ZodType<object>>(schema: T, names: Readonly<Record<string, string>>) {
  const storedNames = Object.fromEntries(Object.entries(names).map(([stored, own]) => [own, stored]));
  return z.codec(z.record(z.string(), z.unknown()), schema, {
    decode: (value) => withNames(value, names) as z.input<T>,
    encode: (value) => withNames(value as Record<string, unknown>, storedNames),
  });
}

function withNames(value: Record<string, unknown>, names: Readonly<Record<string, string>>) {
  if (!Object.keys(names).some((name) => name in value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [names[name] ?? name, field]));
}
