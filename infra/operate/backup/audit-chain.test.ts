import { beforeEach, expect, test } from "vitest";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { apiKeyStore, auditedApiKey } from "../../../shared/storage/access/api-key-store.ts";
import { auditChainStore } from "../../../shared/storage/access/audit-chain-store.ts";
import { keptAudit } from "../../../shared/storage/access/audit-store.ts";
import { auditedTable } from "../../../shared/storage/audited-table.ts";
import { auditedService, serviceStore } from "../../../shared/storage/oncall/service-store.ts";
import type { Item } from "../../../shared/storage/table.ts";
import { sealAuditLog } from "../../../shared/use-cases/access/seal-audit-log.ts";
import { verifyAuditLog } from "../../../shared/use-cases/access/verify-audit-log.ts";
import {
  anActorContext,
  anApiKey,
  aService,
  countingUlids,
  monday,
  unique,
} from "../../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { withLatestEntries } from "./audit-chain.ts";
import { exportText } from "./format.ts";
import { importFile } from "./import.ts";

const ulid = countingUlids();

function platform() {
  const table = memoryTable(() => monday);
  const journal = { entity: keptAudit(400), clock: () => monday, ulid, currentActor: () => anActorContext() };
  const audited = auditedTable(table, [auditedService, auditedApiKey], journal);
  const deps = { auditChain: auditChainStore(table), sha256, clock: () => monday };
  return {
    table,
    createKey: () => apiKeyStore(audited).create(anApiKey()),
    change: () => serviceStore(audited).put(aService({ name: unique("service-") })),
    seal: () => sealAuditLog({ ...deps, log: { info() {}, warn() {}, error() {} } }),
    verify: () => verifyAuditLog(deps),
  };
}

/** Yields the table's partitions one by one, and runs something in between. */
async function* scan(table: MemoryTable, between: (pk: string) => Promise<void>): AsyncGenerator<Item[]> {
  const partitions = [...new Set([...table.all().map(({ pk }) => pk), "AUDIT", "AUDIT_DIGESTS", "SEALS"])];
  for (const pk of partitions.sort()) {
    yield table.all().filter((item) => item.pk === pk);
    await between(pk);
  }
}

async function exported(table: MemoryTable, between: (pk: string) => Promise<void> = async () => {}) {
  let text = "";
  const options = { stage: "local", now: monday, written: () => {} };
  for await (const piece of exportText(withLatestEntries(table, scan(table, between)), options))
    text += piece;
  return text;
}

async function importInto({ table }: ReturnType<typeof platform>, text: string) {
  await importFile(
    {
      table,
      async *pages() {
        yield table.all();
      },
      notificationQueue: { send: async () => {} },
      clock: () => monday,
      pause: async () => {},
      done: () => {},
    },
    {
      name: "export.jsonl",
      async *open() {
        yield text;
      },
    },
  );
}

let source: ReturnType<typeof platform>;
beforeEach(async () => {
  source = platform();
  for (let n = 0; n < 3; n += 1) await source.change();
  await source.seal();
  await source.change();
});

test("the chain goes on in the platform that imports it, behind it the entries of that platform", async () => {
  const other = platform();
  await other.createKey();
  await other.seal();
  await other.createKey();
  await importInto(other, await exported(source.table));
  expect(await other.verify()).toMatchObject({ intact: 3, unsealed: 3, faults: [] });
  await other.seal();
  expect(await other.verify()).toMatchObject({ intact: 6, head: { number: 6 }, faults: [] });
  const [, , third] = await auditChainStore(source.table).seals(0, 3);
  expect(await auditChainStore(other.table).seals(2, 1)).toEqual([third]);
});

test.each(["AUDIT", "AUDIT_DIGESTS", "SEALS"])(
  "an export is complete though entries are recorded and sealed after it has read %s",
  async (passed) => {
    const text = await exported(source.table, async (pk) => {
      if (pk !== passed) return;
      await source.change();
      await source.seal();
      await source.change();
    });
    const other = platform();
    await importInto(other, text);
    await other.seal();
    expect(await other.verify()).toMatchObject({ intact: 6, faults: [] });
  },
);
