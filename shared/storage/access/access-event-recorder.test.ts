import { beforeEach, describe, expect, test, vi } from "vitest";
import { anActorContext, countingUlids, minutes, monday } from "../../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { recentValues } from "../../caching/recent-values.ts";
import { denialOf, failedSignInOf, signInOf, signOutOf } from "../../domain/access/audit.ts";
import { limits } from "../../domain/limits.ts";
import { accessEventRecorder } from "./access-event-recorder.ts";
import { auditStore, keptAudit } from "./audit-store.ts";

const ada = { actor: "ada@example.com", actorKind: "person", subject: "00u1" } as const;
const denied = denialOf(ada, "GET /api/v1/keys", { missing: { role: "admin", team: null } });

const stranger = { actor: null, actorKind: null, subject: null };
const failed = failedSignInOf(stranger, "api_key", "The key is not valid");

let now: number;
let address: string | undefined;
let table: MemoryTable;
const ulid = countingUlids();
const journal = {
  entity: keptAudit(400),
  clock: () => now,
  ulid,
  currentActor: () =>
    anActorContext({ actor: null, actorKind: null, ...(address && { ipAddress: address }) }),
};
beforeEach(() => {
  now = monday;
  address = undefined;
  table = memoryTable(() => now);
});
const environment = () =>
  accessEventRecorder(table, journal, {
    nextSlots: recentValues(minutes(1), () => now),
    leftOut: recentValues(minutes(60), () => now),
  });
const entries = async () =>
  (await auditStore(table).list({}, { limit: 100, after: null })).items.toReversed();

test("events other than changes are recorded in the name of their actor, with the request", async () => {
  const record = environment();
  for (const event of [
    signInOf(ada, "oidc"),
    failedSignInOf({ actor: null, actorKind: null, subject: "00u2" }, "oidc", "The account is inactive"),
    denied,
    signOutOf(ada),
  ])
    expect(await record(event)).toBe(true);
  const request = { ipAddress: "203.0.113.7", requestId: "r" };
  expect(await entries()).toMatchObject([
    { ...ada, ...request, event: "sign_in", resource: "session", after: { method: "oidc" } },
    { actor: null, subject: "00u2", event: "failed_sign_in", after: { reason: "The account is inactive" } },
    {
      ...ada,
      event: "denied",
      resource: "request",
      resourceId: "GET /api/v1/keys",
      after: { missing: { role: "admin", team: null } },
    },
    { ...ada, event: "sign_out", resourceId: "ada@example.com", after: null },
  ]);
});

describe("nobody fills the table", () => {
  test("an actor has a few entries of each kind per minute, in all execution environments together", async () => {
    const environments = [environment(), environment()];
    for (let n = 0; n < 20; n += 1) for (const record of environments) await record(denied);
    expect(await entries()).toHaveLength(limits.accessEventsPerMinute);
    await environments[0]?.(signOutOf(ada));
    await environments[0]?.({ ...denied, by: { ...ada, actor: "bob@example.com" } });
    expect(await entries()).toHaveLength(limits.accessEventsPerMinute + 2);
    now += minutes(1);
    expect(await environments[1]?.(denied)).toBe(true);
  });

  test("the next entry says how many were left out", async () => {
    const record = environment();
    for (let n = 0; n < limits.accessEventsPerMinute + 7; n += 1) await record(denied);
    now += minutes(1);
    for (let n = 0; n < 2; n += 1) await record(denied);
    const after = (await entries()).map((entry) => entry.after);
    expect(after.slice(-3)).toEqual([denied.after, { ...denied.after, left_out: 7 }, denied.after]);
  });

  test("strangers don't hide failures of others: each network has its own entries", async () => {
    const record = environment();
    for (let n = 0; n < 50; n += 1) {
      address = `2001:db8:0:1::${n}`;
      await record(failed);
    }
    expect(await entries()).toHaveLength(limits.accessEventsPerMinute);
    address = "203.0.113.9";
    expect(await record(failed)).toBe(true);
    address = "2001:db8:0:1::1";
    expect(await record({ ...failed, by: { ...stranger, subject: "00u2" } })).toBe(true);
  });

  test("strangers in thousands of networks have a limit together", async () => {
    const record = environment();
    for (let n = 0; n < 3_000; n += 1) {
      address = `198.51.${n >> 8}.${n & 255}`;
      await record(failed);
    }
    const count = table.all().filter(({ entity }) => entity === "audit entry").length;
    expect(count).toBe(64 * limits.accessEventsPerMinute);
  });

  test("an actor who has used up the minute costs no more writes", async () => {
    const record = environment();
    const transact = vi.spyOn(table, "transact");
    for (let n = 0; n < 100; n += 1) await record(denied);
    expect(transact).toHaveBeenCalledTimes(limits.accessEventsPerMinute);
    expect(await record(denied)).toBe(false);
  });

  test("an event that could not be written is not counted as one of a full minute", async () => {
    const record = environment();
    vi.spyOn(table, "transact").mockRejectedValueOnce(new Error("died"));
    await expect(record(denied)).rejects.toThrow("died");
    expect(await record(denied)).toBe(true);
  });
});
