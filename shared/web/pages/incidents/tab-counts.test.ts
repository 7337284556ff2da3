import { describe, expect, test } from "vitest";
import { anIncident } from "../../../../tests/support/builders.ts";
import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { tabCounts } from "./tab-counts.ts";

const unresolved: Unresolved = {
  open: 30,
  acknowledged: 4,
  more: false,
  latest: [anIncident(), anIncident(), anIncident({ status: "acknowledged" })],
  olderExist: false,
  severitiesKeptMs: 0,
  top: [],
};

describe("tabs", () => {
  test("count all unresolved incidents without a filter", () => {
    const all = { isFiltered: false, isAssigned: false };
    expect(tabCounts(unresolved, all)).toEqual({ unresolved: "34", open: "30", acknowledged: "4" });
    expect(tabCounts({ ...unresolved, more: true }, all).open).toBe("30+");
  });

  test("count the incidents that match a filter, at least as many if older ones were not read", () => {
    const filtered = { isFiltered: true, isAssigned: false };
    expect(tabCounts(unresolved, filtered)).toEqual({ unresolved: "3", open: "2", acknowledged: "1" });
    expect(tabCounts({ ...unresolved, olderExist: true }, filtered).unresolved).toBe("3+");
  });

  test("count only the unresolved ones of the viewer, because lists of a status are not only theirs", () => {
    expect(tabCounts(unresolved, { isFiltered: true, isAssigned: true })).toEqual({ unresolved: "3" });
  });
});
