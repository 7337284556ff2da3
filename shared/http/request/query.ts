import type * as z from "zod";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { PageRequest } from "../../use-cases/ports/page.ts";
import { faultsOf } from "../../validation/faults.ts";
import { decodeCursor } from "./cursor.ts";

/** Parses a value with a schema; undefined without a schema. @throws Invalid */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S>;
export function parse(schema: z.ZodType | undefined, value: unknown): unknown;
export function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Invalid(faultsOf(result.error.issues, limits.faultsPerReply));
}

/** Returns a list's filters in a fixed order. Cursors are bound to them. */
export function filtersOf(query: Iterable<[string, string]>): string[][] {
  return [...query].filter(([name]) => name !== "cursor" && name !== "limit").toSorted();
}

/** Returns the requested page of a list. An empty cursor means the first page. @throws Invalid */
export function pageOf(query: unknown, list: string): PageRequest {
  const { limit, cursor } = (query ?? {}) as { limit?: number; cursor?: string };
  return {
    limit: limit ?? limits.defaultPageSize,
    after: cursor === undefined || cursor === "" ? null : decodeCursor(list, cursor),
  };
}
