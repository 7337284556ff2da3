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

/** Message for a parameter that is given more than once. */
export const givenTwice = "must be given only once";

/** Returns the names of parameters that a schema does not have; none without a schema. */
export function unknownParameters(
  schema: z.ZodObject | undefined,
  query: Iterable<[string, string]>,
): readonly string[] {
  if (!schema) return [];
  const names = new Set([...query].map(([name]) => name));
  return [...names].filter((name) => !Object.hasOwn(schema.shape, name));
}

interface QueryOptions {
  /** Rejects unknown parameters. Default: they are ignored. */
  readonly strict?: boolean;
}

/**
 * Parses a query with a schema; undefined without a schema.
 *
 * @throws Invalid, also if a parameter is given more than once
 */
export function parseQuery<S extends z.ZodObject>(
  schema: S,
  query: Iterable<[string, string]>,
  options?: QueryOptions,
): z.output<S>;
export function parseQuery(
  schema: z.ZodObject | undefined,
  query: Iterable<[string, string]>,
  options?: QueryOptions,
): unknown;
export function parseQuery(
  schema: z.ZodObject | undefined,
  query: Iterable<[string, string]>,
  { strict = false }: QueryOptions = {},
): unknown {
  if (!schema) return undefined;
  const given = [...query];
  const unknown = strict ? unknownParameters(schema, given) : [];
  const repeated = Object.keys(schema.shape).filter(
    (name) => given.filter(([each]) => each === name).length > 1,
  );
  const result = schema.safeParse(Object.fromEntries(given));
  const faults = [
    ...unknown.map((path) => ({
      path: path.slice(0, limits.faultPathLength),
      message: "is not a known parameter",
    })),
    ...repeated.map((path) => ({ path, message: givenTwice })),
    ...(result.success ? [] : faultsOf(result.error.issues, limits.faultsPerReply)),
  ];
  if (faults.length > 0) throw new Invalid(faults.slice(0, limits.faultsPerReply));
  return result.data;
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
