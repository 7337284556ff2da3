import { expect, test } from "vitest";
import { randomFromPool } from "./random-pool.ts";

test("bytes are used once, also where the pool ends", () => {
  const taken = Array.from({ length: 1_000 }, (_, index) => randomFromPool(16 + (index % 8)).toString("hex"));
  expect(taken.map(({ length }) => length / 2)).toEqual(taken.map((_, index) => 16 + (index % 8)));
  expect(new Set(taken.map((hex) => hex.slice(0, 32))).size).toBe(taken.length);
});
