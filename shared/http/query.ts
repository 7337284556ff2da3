import type * as z from "zod";
import { Invalid } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import type { PageRequest } from "../use-cases/ports/page.ts";
import { faultsOf } from "../validation/faults.ts";
import { decodeCursor } from "./cursor.ts";

/** What a schema makes of a value; undefined where there is none. @throws Invalid */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S>;
export function parse(schema: z.ZodType | undefined, value: unknown): unknown;
export function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Invalid(faultsOf(result.error.issues, limits.faultsPerReply));
}

/** A list's filters, whatever their order: a cursor belongs to them. */
export function filtersOf(query: Iterable<[string, string]>): string[][] {
  return [...query].filter(([name]) => name !== "cursor" && name !== "limit").toSorted();
}

/** The page of a list that a query asks for; an empty cursor leads to the first. @throws Invalid */
export function pageOf(query: unknown, list: string): PageRequest {
  const { limit, cursor } = (query ?? {}) as { limit?: number; cursor?: string };
  return {
    limit: limit ?? limits.defaultPageSize,
    after: cursor === undefined || cursor === "" ? null : decodeCursor(list, cursor),
  };
}
