import { expect, test } from "vitest";
import { findNames, isFoundBy } from "./find-names.ts";

test("each word has to be in one of the texts, whatever its case", () => {
  expect(isFoundBy("CHECKOUT down", "Payments are down", "checkout")).toBe(true);
  expect(isFoundBy("checkout up", "Payments are down", "checkout")).toBe(false);
});

test("names that begin with the query come first", () => {
  expect(findNames("pay", ["old-payments", "payments", "search", "Pay-out"], 2)).toEqual([
    "payments",
    "Pay-out",
  ]);
});
