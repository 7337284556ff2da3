import * as z from "zod";

/**
 * Reads values written under earlier names of their fields, and writes the present names.
 *
 * @param names present name by earlier name
 */
export function renamed<T extends z.ZodType<object>>(schema: T, names: Readonly<Record<string, string>>) {
  const decode = (value: Record<string, unknown>) => {
    const earlier = Object.keys(names).filter((name) => name in value);
    if (earlier.length === 0) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [names[name] ?? name, field]));
  };
  return z.codec(z.record(z.string(), z.unknown()), schema, {
    decode: (value) => decode(value) as z.input<T>,
    encode: (value) => value as Record<string, unknown>,
  });
}
