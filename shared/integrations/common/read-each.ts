import { type Fault, Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";

export interface Rejected {
  readonly index: number;
  readonly errors: readonly Fault[];
}

/**
 * Parses the items of a list independently. Invalid ones are recorded in the integration's errors, and the
 * others are returned in order.
 *
 * @param parse throws Invalid for an invalid item
 * @param at path of the list in the body
 * @throws Invalid if there are items and none is valid
 */
export function readEach<T>(
  items: readonly unknown[],
  parse: (item: unknown) => T,
  { warn }: Pick<IntegrationContext, "warn">,
  at = "",
): { readonly valid: readonly T[]; readonly rejected: readonly Rejected[] } {
  const valid: T[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of items.entries()) {
    try {
      valid.push(parse(item));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      rejected.push({ index, errors: error.faults.slice(0, limits.faultsPerAlert) });
    }
  }
  const faults = rejected.flatMap(({ index, errors }) =>
    errors.map(({ path, message }) => ({ path: pathOf(at, index, path), message })),
  );
  if (valid.length === 0 && items.length > 0) throw new Invalid(faults.slice(0, limits.faultsPerReply));
  for (const { index, errors } of rejected.slice(0, limits.integrationErrors)) {
    const [{ path, message } = { path: "", message: "is invalid" }] = errors;
    warn(`Rejected: ${pathOf(at, index, path)} ${message}`, JSON.stringify(items[index]));
  }
  const others = rejected.length - limits.integrationErrors;
  if (others > 0) warn(`Rejected: ${others} more of ${items.length}`);
  return { valid, rejected };
}

function pathOf(...parts: readonly (string | number)[]): string {
  return parts.filter((part) => part !== "").join(".");
}
