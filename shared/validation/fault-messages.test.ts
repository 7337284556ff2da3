import { expect, test } from "vitest";
import * as z from "zod";
import { faultsOf } from "./faults.ts";

const list = z.array(z.string()).min(2).max(3);

test.each<[string, z.ZodType, unknown, string]>([
  ["what is missing", z.string(), undefined, "is required"],
  ["another type", z.string(), 1, "must be a string"],
  ["a record that is none", z.record(z.string(), z.string()), [], "must be an object"],
  ["a list that is none", list, {}, "must be an array"],
  ["half of a whole number", z.int(), 1.5, "must be a whole number"],
  ["nothing", z.string().min(1), "", "must not be empty"],
  ["too short a text", z.string().min(3), "ab", "must have at least 3 characters"],
  ["too long a text", z.string().max(3), "abcd", "must have at most 3 characters"],
  ["too few", list, ["a"], "must have at least 2 items"],
  ["too many", list, ["a", "b", "c", "d"], "must have at most 3 items"],
  ["too small a number", z.number().min(1), 0, "must be at least 1"],
  ["a number that is not above another", z.number().positive(), 0, "must be more than 0"],
  ["too big a number", z.number().max(43_200), 43_201, "must be at most 43200"],
  ["none of some", z.enum(["day", "week"]), "year", "must be one of day, week"],
  ["none of some, of which one is empty", z.enum(["", "on"]), "off", "must be empty or on"],
  ["not the only one", z.literal("weekly"), "daily", "must be weekly"],
  ["text that is not a URL", z.url(), "example.com", "must be a URL"],
  ["text that is not an email address", z.email(), "example.com", "must be an email address"],
  [
    "none of the kinds of an object",
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("daily") }),
      z.object({ type: z.literal("weekly") }),
    ]),
    { type: "hourly" },
    "must be one of daily, weekly",
  ],
  ["a field that there isn't", z.strictObject({}), { size: 1 }, "is not a known field"],
  ["what a schema says itself", z.string("must be said"), undefined, "must be said"],
])("describes %s", (_, schema, value, message) => {
  expect(faultsOf(schema.safeParse(value).error?.issues ?? [], 1)).toMatchObject([{ message }]);
});
