import { expect, test } from "vitest";
import * as z from "zod";
import { labels } from "../contracts/fields.ts";
import { limits } from "../domain/limits.ts";
import { faultsOf } from "./faults.ts";

test("a fault says where and what", () => {
  const { error } = z.object({ a: z.array(z.object({ b: z.string() })) }).safeParse({ a: [{ b: 1 }] });
  expect(faultsOf(error?.issues ?? [], 10)).toEqual([
    { path: "a.0.b", message: expect.stringMatching(/string/) },
  ]);
});

test("of thousands of faults in names of any length, few are listed, and their paths truncated", () => {
  const bad = Array.from({ length: 5_000 }, (_, index) => [`${"🚨".repeat(500)}${index}`, null]);
  const { error } = labels.safeParse(Object.fromEntries(bad));
  const faults = faultsOf(error?.issues ?? [], 100);
  expect(faults).toHaveLength(100);
  for (const { path } of faults) {
    expect(path.length).toBeLessThanOrEqual(limits.faultPathLength);
    expect(path.isWellFormed()).toBe(true);
  }
});
