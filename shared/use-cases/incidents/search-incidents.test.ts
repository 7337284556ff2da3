import { expect, test } from "vitest";
import { anIncident } from "../../../tests/support/builders.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentFilter } from "../../domain/incidents/incident-filter.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { searchIncidents } from "./search-incidents.ts";

/** Pages that never end, each with what is given; the filters that were asked for. */
function endless(pageOf: (filter: IncidentFilter) => readonly Incident[] = () => []) {
  const asked: IncidentFilter[] = [];
  const list: IncidentStore["list"] = async (filter) => {
    asked.push(filter);
    if (asked.length > 50) throw new Error("reads without end");
    return { items: pageOf(filter), next: `${asked.length}` };
  };
  return { asked, deps: { incidents: { list } } };
}

const all = { matches: () => true, most: Number.POSITIVE_INFINITY };

test("a search without matches reads a few pages, and reports that it may miss some", async () => {
  const { asked, deps } = endless();
  const found = await searchIncidents(deps, "checkout", {
    statuses: ["open", "acknowledged", "resolved"],
    ...all,
  });
  expect(found).toEqual({ incidents: [], isComplete: false });
  expect(asked).toEqual([
    { service: "checkout", status: "open" },
    { service: "checkout", status: "acknowledged" },
    ...Array(5).fill({ service: "checkout" }),
  ]);
});

test("an incident that the platform's open ones hide is found by its service", async () => {
  const hidden = anIncident({ id: "inc_1", service: "checkout", status: "open" });
  const { deps } = endless(({ status }) => (status === undefined ? [hidden] : []));
  const { incidents } = await searchIncidents(deps, "checkout", { statuses: ["open"], ...all });
  expect(incidents).toEqual([hidden]);
});

test("an open incident is found behind any number of later ones", async () => {
  const old = anIncident({ id: "inc_1", service: "checkout", status: "open", createdAt: 1 });
  const late = anIncident({ id: "inc_2", service: "checkout", status: "resolved", createdAt: 2 });
  const { deps } = endless(({ status }) => (status === "open" ? [old] : [late]));
  const { incidents } = await searchIncidents(deps, "checkout", { statuses: ["open", "resolved"], ...all });
  expect(incidents).toEqual([late, old]);
});

test("a search for unresolved incidents that sees all of them reads no more", async () => {
  const asked: IncidentFilter[] = [];
  const list: IncidentStore["list"] = async (filter) => {
    asked.push(filter);
    return { items: [], next: null };
  };
  const search = { statuses: ["open", "acknowledged"], ...all } as const;
  expect(await searchIncidents({ incidents: { list } }, "checkout", search)).toEqual({
    incidents: [],
    isComplete: true,
  });
  expect(asked).toHaveLength(2);
});
