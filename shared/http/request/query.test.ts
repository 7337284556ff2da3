import { expect, test } from "vitest";
import * as z from "zod";
import { Invalid } from "../../domain/errors.ts";
import { parseQuery } from "./query.ts";

const schema = z.object({ status: z.enum(["open", "resolved"]).optional(), limit: z.string().optional() });
const faultsOf = (query: string, options = {}) => {
  try {
    parseQuery(schema, new URLSearchParams(query), options);
    return [];
  } catch (error) {
    return error instanceof Invalid ? error.faults.map(({ path, message }) => `${path} ${message}`) : [error];
  }
};

test("a query has its known parameters, and others are ignored even if they are repeated", () => {
  const query = new URLSearchParams("status=open&tag=a&tag=b");
  expect(parseQuery(schema, query)).toEqual({ status: "open" });
  expect(parseQuery(undefined, query)).toBeUndefined();
});

test("a strict query names unknown parameters", () => {
  expect(faultsOf("stauts=open&limit=1&stauts=open&toString=", { strict: true })).toEqual([
    "stauts is not a known parameter",
    "toString is not a known parameter",
  ]);
});

test("a parameter that is given twice is rejected, also with the same value", () => {
  expect(faultsOf("status=open&status=resolved")).toEqual(["status must be given only once"]);
  expect(faultsOf("limit=1&limit=1&status=burning")).toEqual([
    "limit must be given only once",
    "status must be one of open, resolved",
  ]);
});
