import { expect, test } from "vitest";
import { aRecordedAlert, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { limits } from "../../domain/limits.ts";
import { alertStore } from "../../storage/alerts/alert-store.ts";
import { readLatestAlerts } from "./read-latest-alerts.ts";

const message = "x".repeat(limits.messageLength);

async function storeOf(count: number) {
  const alerts = alertStore(memoryTable(() => monday));
  await alerts.record(
    Array.from({ length: count }, (_, index) => aRecordedAlert({ receivedAt: monday + index, message })),
  );
  return { alerts };
}

const matching = (value: string) => ({ field: "message", op: "=~", value }) as const;

test("one read of alerts is returned, newest first", async () => {
  const { alerts: latest, complete } = await readLatestAlerts(await storeOf(250), [matching("x.*")]);
  expect(complete).toBe(true);
  expect(latest).toHaveLength(200);
  expect([latest[0]?.receivedAt, latest[199]?.receivedAt]).toEqual([monday + 249, monday + 50]);
});

test("expensive regular expressions are compared with fewer alerts, but with one at least", async () => {
  const expensive = matching("(x?){200}(a|b|c)*");
  const some = await readLatestAlerts(await storeOf(250), [expensive]);
  expect(some.complete).toBe(false);
  expect(some.alerts.length).toBeGreaterThan(1);
  expect(some.alerts.length).toBeLessThan(20);
  const one = await readLatestAlerts(
    await storeOf(2),
    Array.from({ length: 20 }, () => expensive),
  );
  expect(one.alerts).toHaveLength(1);
});
