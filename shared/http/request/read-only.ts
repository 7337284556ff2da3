import type { Contract } from "../../contracts/contract.ts";
import { Invalid } from "../../domain/errors.ts";

/**
 * Removes read-only fields from a body, so that clients can send back a complete resource.
 *
 * @throws Invalid if it names another resource than the path
 */
export function withoutReadOnly(
  { readOnly = [], params: schema }: Pick<Contract, "readOnly" | "params">,
  params: Readonly<Record<string, string>>,
  body: unknown,
): unknown {
  if (readOnly.length === 0 || typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const given = new Map(Object.entries(body));
  for (const name of readOnly) {
    const value = given.get(name);
    if (!given.delete(name) || !schema || !(name in schema.shape)) continue;
    const read = (text: unknown) => JSON.stringify(schema.safeParse({ ...params, [name]: text }).data);
    if (read(value) !== read(params[name]))
      throw new Invalid([{ path: name, message: `must be omitted, or ${params[name]} as in the path` }]);
  }
  return Object.fromEntries(given);
}
