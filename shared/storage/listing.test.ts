import { expect, test } from "vitest";
import { anAlert, monday } from "../../tests/support/builders.ts";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { limits } from "../domain/limits.ts";
import { alertStore } from "./alerts/alert-store.ts";

test("a page of heavy items ends early, and the pages together have every item once", async () => {
  const store = alertStore(memoryTable(() => monday));
  const heavy = Array.from({ length: 40 }, () => ({
    ...anAlert({
      labels: Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`l${n}`, "x".repeat(2_000)])),
    }),
    outcome: "dropped" as const,
    incidentId: null,
  }));
  await store.record(heavy);
  const seen: string[] = [];
  let pages = 0;
  for (let after: string | null = null; pages === 0 || after !== null; pages += 1) {
    const page = await store.list({}, { limit: 200, after });
    expect(JSON.stringify(page.items).length).toBeLessThan(limits.pageBytes * 1.1);
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  }
  expect(pages).toBe(2);
  expect(seen.toSorted()).toEqual(heavy.map(({ id }) => id).toSorted());
});

test("an item that is too large for a page is a page of its own", async () => {
  const store = alertStore(memoryTable(() => monday));
  await store.record([{ ...anAlert(), outcome: "dropped", incidentId: null }]);
  const page = await store.list({}, { limit: 10, after: null, bytes: 1 });
  expect(page).toMatchObject({ items: [{}], next: null });
});
