import { expect, test } from "vitest";
import {
  anActorContext,
  anOverride,
  aSchedule,
  countingUlids,
  days,
  monday,
} from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { Unavailable } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { auditEntity } from "../../../storage/access/audit-store.ts";
import { auditedTable } from "../../../storage/audited-table.ts";
import { auditedSchedule, scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { deleteSchedule } from "./delete-schedule.ts";

/** A schedule with as many overrides to come as there may be, on a table that counts its transactions. */
async function withOverrides() {
  const table = memoryTable(() => monday);
  const state = { transactions: 0, failsAfter: Number.POSITIVE_INFINITY };
  const transact: typeof table.transact = async (writes) => {
    if (state.transactions >= state.failsAfter) throw new Unavailable("The database");
    state.transactions += 1;
    await table.transact(writes);
  };
  const journal = {
    entity: auditEntity,
    clock: () => monday,
    ulid: countingUlids(),
    currentActor: () => anActorContext(),
  };
  const schedules = scheduleStore(auditedTable({ ...table, transact }, auditedSchedule, journal));
  const plain = scheduleStore(table);
  await plain.create(aSchedule());
  for (let n = 0; n < limits.overridesToCome; n += 1) {
    const start = monday + days(n - 1);
    await plain.putOverride(anOverride({ id: `ovr_${n}`, start: start - 1, end: start + days(2) }));
  }
  return { schedules, state };
}

test("a schedule is deleted with all of its overrides in a few transactions", async () => {
  const { schedules, state } = await withOverrides();
  await deleteSchedule({ schedules }, "payments", monday);
  expect(state.transactions).toBeLessThanOrEqual(Math.ceil(limits.overridesToCome / 15) + 1);
  expect((await schedules.load("payments", monday))?.schedule ?? null).toBeNull();
  expect((await schedules.load("payments", monday + 1))?.history.overrides ?? []).toEqual([]);
});

test("a deletion that failed on its way continues when it is repeated", async () => {
  const { schedules, state } = await withOverrides();
  state.failsAfter = 10;
  await expect(deleteSchedule({ schedules }, "payments", monday)).rejects.toThrow(Unavailable);
  expect((await schedules.load("payments", monday))?.schedule).toMatchObject({ team: "payments" });
  state.failsAfter = Number.POSITIVE_INFINITY;
  await deleteSchedule({ schedules }, "payments", monday);
  expect(state.transactions).toBeLessThanOrEqual(Math.ceil(limits.overridesToCome / 15) + 1);
  expect((await schedules.load("payments", monday))?.schedule ?? null).toBeNull();
});
