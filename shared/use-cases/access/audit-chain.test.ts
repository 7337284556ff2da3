import { beforeEach, describe, expect, type Mock, test, vi } from "vitest";
import {
  anActorContext,
  anAuditEntry,
  aService,
  countingUlids,
  days,
  minutes,
  monday,
} from "../../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { limits } from "../../domain/limits.ts";
import { auditChainStore } from "../../storage/access/audit-chain-store.ts";
import { sealEntity } from "../../storage/access/audit-seals.ts";
import { auditEntity, keptAudit, rewriteEntry } from "../../storage/access/audit-store.ts";
import { auditedTable } from "../../storage/audited-table.ts";
import { keys } from "../../storage/keys.ts";
import { auditedService, serviceStore } from "../../storage/oncall/service-store.ts";
import type { Item } from "../../storage/table.ts";
import type { Log } from "../ports/system.ts";
import { sealAuditLog } from "./seal-audit-log.ts";
import { type KnownSeal, verifyAuditLog } from "./verify-audit-log.ts";

const retentionDays = 400;
const entryId = (number: number) => `aud_${String(number).padStart(26, "0")}`;

let now: number;
let table: MemoryTable;
let info: Mock<Log["info"]>;
let services: ReturnType<typeof serviceStore>;
beforeEach(() => {
  now = monday;
  table = memoryTable(() => now);
  info = vi.fn();
  services = serviceStore(auditedTable(table, [auditedService], journal(retentionDays)));
});

const journal = (keptDays: number) => ({
  entity: keptAudit(keptDays),
  clock: () => now,
  ulid: (() => {
    let last = 0;
    // IDs that the tests know.
    return () => {
      last += 1;
      return entryId(last).slice(4);
    };
  })(),
  currentActor: () => anActorContext(),
});
const deps = () => ({ auditChain: auditChainStore(table), sha256, clock: () => now });
const seal = () => sealAuditLog({ ...deps(), log: { info, warn() {}, error() {} } });
const verify = (known?: KnownSeal) => verifyAuditLog(deps(), known);
const record = async (count: number) => {
  for (let n = 0; n < count; n += 1) await services.put(aService({ name: `service-${table.all().length}` }));
};
const itemOf = async (key: Parameters<MemoryTable["get"]>[0]): Promise<Item> => {
  const item = await table.get(key);
  if (!item) throw new Error("There is no such item");
  return item;
};

describe("sealing", () => {
  test("appends entries to the chain in their order, and logs its head", async () => {
    await record(2);
    await seal();
    await record(1);
    await seal();
    const seals = await deps().auditChain.seals(0, 10);
    expect(seals.map(({ number, entryId }) => [number, entryId])).toEqual(
      [1, 2, 3].map((number) => [number, entryId(number)]),
    );
    const { number, hash } = seals[2] ?? {};
    expect(info).toHaveBeenLastCalledWith("audit log sealed", { number, hash });
    expect(await verify()).toEqual({
      head: { number, hash },
      intact: 3,
      replaced: 0,
      expired: 0,
      unsealed: 0,
      older: 0,
      faults: [],
    });
  });

  test("takes several transactions for many entries", async () => {
    await record(2 * limits.sealedAtOnce + 1);
    await seal();
    expect(info).toHaveBeenCalledTimes(3);
    expect(await verify()).toMatchObject({ intact: 2 * limits.sealedAtOnce + 1, faults: [] });
  });

  test("reads nothing but the digests if there are none", async () => {
    const query = vi.spyOn(table, "query");
    await seal();
    expect(query).toHaveBeenCalledOnce();
    expect(info).not.toHaveBeenCalled();
  });

  test("of two runs at the same time seals each entry once", async () => {
    await record(3);
    await Promise.all([seal(), seal(), seal()]);
    expect(await verify()).toMatchObject({ intact: 3, head: { number: 3 }, faults: [] });
  });

  test("that died is done by the next run", async () => {
    await record(3);
    vi.spyOn(table, "transact").mockRejectedValueOnce(new Error("died"));
    await expect(seal()).rejects.toThrow("died");
    expect(await verify()).toMatchObject({ intact: 0, unsealed: 3, faults: [] });
    await seal();
    expect(await verify()).toMatchObject({ intact: 3, unsealed: 0, faults: [] });
  });

  test("waits until an import is complete", async () => {
    await record(1);
    await table.put({ item: { ...keys.import(), digest: "x", wavesDone: 0 } });
    await seal();
    expect(await verify()).toMatchObject({ intact: 0, unsealed: 1 });
    await table.remove(keys.import());
    await seal();
    expect(await verify()).toMatchObject({ intact: 1, unsealed: 0 });
  });

  test("never delays a change: changes at the same time don't meet", async () => {
    const transact = vi.spyOn(table, "transact");
    await Promise.all(Array.from({ length: 20 }, (_, n) => services.put(aService({ name: `s${n}` }))));
    const written = transact.mock.calls.map(([writes]) =>
      writes.map((write) => ("item" in write ? `${write.item.pk} ${write.item.sk}` : "")),
    );
    expect(new Set(written.flat()).size).toBe(written.flat().length);
  });
});

describe("a verification finds", () => {
  beforeEach(async () => {
    await record(5);
    await seal();
  });

  test("an entry that was changed", async () => {
    const item = await itemOf(keys.audit(entryId(2)));
    await table.put({ item: { ...item, actor: "someone else" } });
    expect((await verify()).faults).toEqual([`Entry ${entryId(2)} was changed.`]);
  });

  test("an entry that was removed, with or without its seal", async () => {
    await table.remove(keys.audit(entryId(2)));
    expect((await verify()).faults).toEqual([`Entry ${entryId(2)} of seal 2 was removed.`]);
    await table.remove(keys.seal(2));
    expect((await verify()).faults).toEqual(["Seals 2 to 2 were removed."]);
  });

  test("an entry that was put in, also as one that is older than the chain", async () => {
    const item = await itemOf(keys.audit(entryId(3)));
    const forged = auditEntity.parse({ ...item, id: entryId(9), at: monday + minutes(120) });
    for (const isChained of [true, false]) {
      await table.put({ item: auditEntity.toItem({ ...forged, isChained }) });
      expect((await verify()).faults).toEqual([`Entry ${entryId(9)} is not in the chain.`]);
    }
  });

  test("a seal that was changed to match", async () => {
    const item = await itemOf(keys.seal(2));
    await table.put({ item: { ...item, entryExpiresAt: 1 } });
    await table.remove(keys.audit(entryId(2)));
    expect((await verify()).faults).toEqual(["Seal 2 was changed."]);
  });

  test("a chain that was rewritten or shortened, by a seal from the logs", async () => {
    const [, known] = await deps().auditChain.seals(3, 2);
    if (!known) throw new Error("There is none");
    expect((await verify(known)).faults).toEqual([]);
    await table.remove(keys.seal(5));
    await table.remove(keys.audit(entryId(5)));
    expect((await verify()).faults).toEqual([]);
    expect((await verify(known)).faults).toEqual([
      "The chain was shortened: it ends at seal 4, before seal 5.",
    ]);
    await record(1);
    await seal();
    expect((await verify()).faults).toEqual([]);
    expect((await verify(known)).faults).toEqual(["The chain was rewritten: seal 5 has another hash."]);
  });
});

describe("a verification accepts", () => {
  test("entries that have expired, also in the middle", async () => {
    await record(2);
    now += days(10);
    const permanent = auditedTable(table, [auditedService], { ...journal(0), ulid: countingUlids() });
    await serviceStore(permanent).put(aService({ name: "kept" }));
    await seal();
    now += days(retentionDays - 9);
    expect(await verify()).toMatchObject({ expired: 2, intact: 1, faults: [] });
  });

  test("entries of a release without the chain", async () => {
    const added = ["event", "actorKind", "subject", "ipAddress", "right", "isChained"];
    const item = auditEntity.toItem(anAuditEntry({ id: entryId(0) }));
    const old = Object.entries(item).filter(([name]) => !added.includes(name));
    await table.put({ item: { ...(Object.fromEntries(old) as Item), schemaVersion: 1 } });
    await record(1);
    await seal();
    expect(await verify()).toMatchObject({ older: 1, intact: 1, faults: [] });
  });

  test("names that were replaced, once they are sealed again, and shows how many", async () => {
    await record(3);
    await seal();
    const before = await itemOf(keys.audit(entryId(2)));
    const renamed = { ...auditEntity.parse(before), actor: "person 1" };
    const item = { ...auditEntity.toItem(renamed), expiresAt: before.expiresAt };
    for (let time = 0; time < 2; time += 1) await table.transact(rewriteEntry({ item }));
    expect(await verify()).toMatchObject({ unsealed: 1, faults: [] });
    await seal();
    expect(await verify()).toMatchObject({ intact: 3, replaced: 1, unsealed: 0, faults: [] });
  });

  test("entries that are recorded and sealed while it runs", async () => {
    await record(2);
    await seal();
    const { auditChain } = deps();
    const entries: typeof auditChain.entries = async (...range) => {
      await record(1);
      await seal();
      await record(1);
      return auditChain.entries(...range);
    };
    const verification = await verifyAuditLog({ ...deps(), auditChain: { ...auditChain, entries } });
    // The others were recorded after their page was read.
    expect(verification).toMatchObject({ intact: 2, unsealed: 2, faults: [] });
  });

  test("an entry that is sealed between two reads, and counts it once", async () => {
    await record(2);
    await seal();
    await record(1);
    const { auditChain } = deps();
    const unsealed: typeof auditChain.unsealed = async (limit) => {
      const digests = await auditChain.unsealed(limit);
      await seal();
      return digests;
    };
    const verification = await verifyAuditLog({ ...deps(), auditChain: { ...auditChain, unsealed } });
    expect(verification).toMatchObject({ intact: 3, unsealed: 0, faults: [] });
  });
});

test("a seal that was stored is read as it was", async () => {
  await record(1);
  await seal();
  expect(sealEntity.parse(await itemOf(keys.seal(1)))).toEqual(await deps().auditChain.last());
});
