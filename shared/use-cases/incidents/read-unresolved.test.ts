import { expect, test } from "vitest";
import { anIncident, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { incidentStore } from "../../storage/incidents/incident-store.ts";
import { severitiesKeptMs, type UnresolvedQuery, unresolvedReader } from "./read-unresolved.ts";

async function platformWith(fields: readonly Partial<Incident>[]) {
  const store = incidentStore(memoryTable(() => monday));
  const all = fields.map((each, index) =>
    anIncident({ createdAt: monday - minutes(index), ...each, number: index + 1 }),
  );
  for (const each of all) await store.create(each, null);
  const read: string[] = [];
  const counting: typeof store = {
    ...store,
    findAll(ids, options) {
      read.push(...ids);
      return store.findAll(ids, options);
    },
  };
  const reader = unresolvedReader(() => counting);
  const top: UnresolvedQuery = { examined: 80, shown: 15, consistent: true };
  return { store, all, read, reader: (now: number, query = top) => reader(now, query) };
}

const numbersOf = (incidents: readonly Incident[]) => incidents.map(({ number }) => number);

test("the most severe open incident comes first, then the oldest, and acknowledged ones last", async () => {
  const { reader } = await platformWith([
    { severity: "low" },
    { severity: "critical" },
    { severity: "critical" },
    { severity: "critical", status: "acknowledged" },
    { severity: "critical", status: "resolved" },
  ]);
  const { top, ...counts } = await reader(monday);
  expect(numbersOf(top)).toEqual([3, 2, 1, 4]);
  expect(counts).toMatchObject({ open: 3, acknowledged: 1, more: false });
});

test("however many are open, a bounded number is read, and few of them again within seconds", async () => {
  const { reader, read } = await platformWith(Array.from({ length: 500 }, () => ({})));
  const { open, latest, top } = await reader(monday);
  expect([open, latest.length, top.length, read.length]).toEqual([500, 80, 15, 95]);
  read.length = 0;
  await reader(monday + severitiesKeptMs - 1);
  expect(read).toHaveLength(15);
  read.length = 0;
  await reader(monday + severitiesKeptMs);
  expect(read).toHaveLength(95);
});

test("a new incident and a new status are seen at once", async () => {
  const { store, reader, all } = await platformWith([{ severity: "low" }, { severity: "low" }]);
  await reader(monday);
  const [first = anIncident()] = all;
  await store.save({ ...first, status: "acknowledged", acknowledgedAt: monday });
  await store.create(anIncident({ number: 3, severity: "high", createdAt: monday + seconds(1) }), null);
  const { open, acknowledged, top } = await reader(monday + seconds(1));
  expect([open, acknowledged, numbersOf(top)]).toEqual([2, 1, [3, 2, 1]]);
  expect(top.at(-1)?.status).toBe("acknowledged");
});

test("a changed severity is seen after some seconds", async () => {
  const { store, reader, all } = await platformWith([{ severity: "low" }, { severity: "high" }]);
  await reader(monday);
  const [low = anIncident()] = all;
  await store.save({ ...low, severity: "critical" });
  const severities = async (at: number) =>
    (await reader(at)).latest.map(({ severity }) => severity).toSorted();
  expect(await severities(monday + severitiesKeptMs)).toEqual(["critical", "high"]);
});

test("a filter and an order choose from the latest incidents", async () => {
  const { reader } = await platformWith([
    { severity: "low", service: "a" },
    { severity: "critical", service: "a" },
    { severity: "critical", service: "b" },
    { severity: "low", service: "a" },
  ]);
  const { top, latest, olderExist } = await reader(monday, {
    examined: 3,
    shown: 1,
    consistent: false,
    matches: ({ service }) => service === "a",
    compare: (a, b) => a.number - b.number,
  });
  expect([numbersOf(latest), numbersOf(top), olderExist]).toEqual([[1, 2], [1], true]);
});

test("acknowledged incidents are examined however many are open, and chosen ones come first", async () => {
  const { reader } = await platformWith([
    ...Array.from({ length: 200 }, () => ({ severity: "critical" as const })),
    { severity: "low", status: "acknowledged" },
    { severity: "high", status: "acknowledged" },
  ]);
  const query = { examined: 80, shown: 3, consistent: true };
  const { latest, top } = await reader(monday, { ...query, first: ({ number }) => number > 200 });
  expect(latest).toHaveLength(80);
  expect(numbersOf(top)).toEqual([202, 201, 78]);
});
