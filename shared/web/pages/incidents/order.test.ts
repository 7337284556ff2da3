import { expect, test } from "vitest";
import { anIncident, minutes, monday } from "../../../../tests/support/builders.ts";
import { bySeverity, groupIncidents, type Sorting } from "./order.ts";

const low = anIncident({ number: 1, severity: "low", service: "a", createdAt: monday });
const old = anIncident({ number: 2, severity: "critical", service: "b", createdAt: monday, alertCount: 9 });
const fresh = anIncident({ number: 3, severity: "critical", service: "a", createdAt: monday + minutes(1) });
const taken = anIncident({ number: 4, severity: "critical", service: "a", status: "acknowledged" });

test.each<[Sorting, number[]]>([
  ["newest", [3, 2, 4, 1]],
  ["oldest", [2, 3, 4, 1]],
  ["alerts", [2, 3, 4, 1]],
])("sorts by severity and status, then by %s", (sorting, numbers) => {
  const sorted = [low, old, fresh, taken].toSorted(bySeverity(sorting));
  expect(sorted.map(({ number }) => number)).toEqual(numbers);
});

test("groups appear in the order of their first incident, with the number of all their incidents", () => {
  expect(groupIncidents([old, fresh], [old, fresh, taken, low], "service")).toEqual([
    { name: "b", incidents: [old], total: 1 },
    { name: "a", incidents: [fresh], total: 3 },
  ]);
  expect(groupIncidents([], [low], "team")).toEqual([]);
});
