/**
 * Imports an export into an empty platform, which may be running: items that its sweeps act on are written
 * last. After a crash, repeating the import with the same file continues it.
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import { incidentEntity } from "../../../shared/storage/incidents/incident-store.ts";
import { keys } from "../../../shared/storage/keys.ts";
import { notificationEntity } from "../../../shared/storage/notifications/notification-store.ts";
import { scheduleEntity } from "../../../shared/storage/oncall/schedule-store.ts";
import { ConditionFailed, type Item, type Table } from "../../../shared/storage/table.ts";
import { dueOf } from "../../../shared/use-cases/notifications/queue-notifications.ts";
import type { NotificationQueue } from "../../../shared/use-cases/ports/notifications.ts";
import type { Clock } from "../../../shared/use-cases/ports/system.ts";
import { Problem } from "../../problem.ts";
import { unseal } from "./audit-chain.ts";
import { readExport } from "./format.ts";
import { isDerived, isOfKeys, kindOfItem } from "./kinds.ts";
import { type Pause, persist } from "./persist.ts";

export interface ImportDeps {
  readonly table: Table;
  /** Pages of the table's items. */
  readonly pages: () => AsyncIterable<readonly Item[]>;
  readonly notificationQueue: NotificationQueue;
  readonly clock: Clock;
  readonly pause: Pause;
  /** Reports progress. */
  readonly done: (step: "checking" | "writing", items: number, total?: number) => void;
}

/**
 * Returns the order of an item. Items that the sweeps look for come last: schedules with handoff notices and
 * all items of the sixth index, incidents with pending events before timers, which depend on them.
 */
function waveOf(item: Item): number {
  if (item.gsi6pk === undefined) return scheduleEntity.is(item) ? 1 : 0;
  return incidentEntity.is(item) ? 2 : 3;
}
const waves = 4;

/** An alert may have been in a shard and beside it. A batch may contain a key once. */
function distinct(batch: readonly Item[]): Item[] {
  return [...new Map(batch.map((item) => [JSON.stringify([item.pk, item.sk]), item])).values()];
}

/** Concurrent batches, and items per batch. */
const batchesAtOnce = 4;
const itemsPerBatch = 25;
const messagesPerBatch = 10;

interface ExportFile {
  /** Name for messages. */
  readonly name: string;
  /** Opens its text from the start, in pieces of any size. It is read several times. */
  open(): AsyncIterable<string>;
}

/**
 * @returns the number of items, and how many of them are pending notifications
 * @throws Problem if the file is not a complete export or the platform is not empty; nothing is changed then
 */
export async function importFile(
  deps: ImportDeps,
  file: ExportFile,
): Promise<{ readonly items: number; readonly queued: number }> {
  const { items, digest } = await check(deps, file);
  let written = 0;
  for (let wave = await begin(deps, digest); wave < waves; wave += 1) {
    const due = itemsOf(file, (item) => waveOf(item) === wave);
    await sideBySide(inBatches(due, itemsPerBatch), async (batch) => {
      await persist(deps.pause, () => deps.table.putAll(distinct(batch)));
      written += batch.length;
      deps.done("writing", written, items);
    });
    await persist(deps.pause, () => deps.table.put({ item: markOf(digest, wave + 1) }));
  }
  const queued = await queueAgain(deps, file);
  await persist(deps.pause, () => deps.table.remove(keys.import()));
  return { items, queued };
}

/** Reads the whole file, so that faults are found before anything is written. */
async function check(deps: ImportDeps, file: ExportFile) {
  const hash = createHash("sha256");
  let items = 0;
  const chunks = async function* () {
    for await (const chunk of file.open()) {
      hash.update(chunk);
      yield chunk;
    }
  };
  for await (const _ of readExport(chunks(), file.name)) {
    items += 1;
    if (items % 1_000 === 0) deps.done("checking", items);
  }
  return { items, digest: hash.digest("hex") };
}

const mark = z.object({ digest: z.string(), wavesDone: z.int() });

function markOf(digest: string, wavesDone: number): Item {
  return { ...keys.import(), digest, wavesDone };
}

/** Records the import in the table. @returns the number of completed waves */
async function begin({ table, pages }: ImportDeps, digest: string): Promise<number> {
  const item = await table.get(keys.import());
  if (item) {
    const begun = mark.parse(item);
    if (begun.digest === digest) return begun.wavesDone;
    throw new Problem(
      "The import of another file is incomplete. Repeat that import, or empty the platform with npm run reset.",
    );
  }
  const derived: Item[] = [];
  for await (const page of pages()) {
    const own = page.filter((found) => !isDerived(found) && !isOfKeys(found));
    if (own.length > 0) throw notEmpty(own);
    derived.push(...page.filter(isDerived));
  }
  try {
    await table.put({ item: markOf(digest, 0), condition: { absent: true } });
  } catch (error) {
    throw error instanceof ConditionFailed
      ? new Problem("Another import has just started on this platform.")
      : error;
  }
  await unseal(table);
  // Statistics of days without incidents would hide imported incidents.
  for (const { pk, sk } of derived) await table.remove({ pk, sk });
  return 0;
}

function notEmpty(found: readonly Item[]): Problem {
  const names = new Set(found.map((item) => kindOfItem(item)?.name ?? "unknown items"));
  return new Problem(
    `The platform is not empty. It contains, for example: ${[...names].slice(0, 3).join(", ")}. Import into an empty platform, ` +
      "or empty this one with npm run reset.",
  );
}

/** Queues messages for pending notifications. */
async function queueAgain(deps: ImportDeps, file: ExportFile): Promise<number> {
  let queued = 0;
  for await (const batch of inBatches(itemsOf(file, isQueued), messagesPerBatch)) {
    const now = deps.clock();
    const found = await persist(deps.pause, () => deps.table.getAll(batch));
    const due = found.filter(isQueued).map((item) => dueOf(notificationEntity.parse(item), now));
    await persist(deps.pause, () => deps.notificationQueue.send(due));
    queued += due.length;
  }
  return queued;
}

function isQueued(item: Item): boolean {
  return notificationEntity.is(item) && item.status === "queued";
}

async function* itemsOf({ name, open }: ExportFile, isWanted: (item: Item) => boolean): AsyncGenerator<Item> {
  for await (const { item } of readExport(open(), name)) if (isWanted(item)) yield item;
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    if (batch.push(item) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function sideBySide<T>(batches: AsyncIterable<T>, run: (batch: T) => Promise<void>): Promise<void> {
  const iterator = batches[Symbol.asyncIterator]();
  await Promise.all(
    Array.from({ length: batchesAtOnce }, async () => {
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) await run(next.value);
    }),
  );
}
