import { expect, it } from "vitest";
import { driftOf } from "./dashboards.ts";

const built = new Map([["health.json", "{}\n"]]);

it("files that are what they are built from have no faults", () => {
  expect(driftOf(built, built)).toEqual([]);
});

it.each<[string, Map<string, string>, string]>([
  ["a file that was edited manually", new Map([["health.json", "{ }\n"]]), "health.json is out of date"],
  ["a file that was never written", new Map(), "health.json is missing"],
  ["a file that nothing is built to", new Map([...built, ["old.json", "{}"]]), "old.json has no source"],
])("finds %s", (_, committed, fault) => {
  expect(driftOf(committed, built).join("\n")).toContain(fault);
});
