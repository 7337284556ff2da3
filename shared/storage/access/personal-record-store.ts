import * as z from "zod";
import type { ForgettingArea } from "../../domain/access/forget/forgetting.ts";
import type { Pseudonymizer } from "../../domain/access/forget/pseudonymizer.ts";
import { dayMs } from "../../domain/time-units.ts";
import { formatDate } from "../../domain/wall-clock.ts";
import type { PersonalRecordStore } from "../../use-cases/ports/personal-data.ts";
import { silenceEntity } from "../alerts/rule-store.ts";
import { orStale } from "../conditional-write.ts";
import type { Entity } from "../entity.ts";
import { eventEntity, noteEntity } from "../incidents/incident-event-store.ts";
import { escalationEntity, incidentEntity } from "../incidents/incident-store.ts";
import { keys, partitions } from "../keys.ts";
import { keptDays, pageTallyEntity } from "../notifications/page-tally-store.ts";
import { drillEntity } from "../oncall/drill-store.ts";
import { overrideEntity, policyEntity, scheduleEntity, supersededEntity } from "../oncall/schedule-store.ts";
import { serviceEntity } from "../oncall/service-store.ts";
import type { IndexEntry, Item, Put, Table } from "../table.ts";
import { auditEntity, rewriteEntry } from "./audit-store.ts";

const partitionsPerPart = 10;
const itemsPerQuery = 200;
const mostNotifications = 1_000;

type Replace = Pseudonymizer["replace"];

/** Returns the write that replaces a person in an item; undefined if it does not name them. */
type Rewrite = (item: Item, replace: Replace) => Put | undefined;

/** @param isVersioned true if its version counts its changes */
function rewriteOf<T extends object>(entity: Entity<T>, isVersioned: boolean): readonly [string, Rewrite] {
  const rewrite: Rewrite = (item, replace) => {
    const value = entity.parse(item);
    const replaced = replace(value);
    if (replaced === value) return undefined;
    const { version, expiresAt } = item;
    const stored = typeof version === "number" ? version : undefined;
    const next = isVersioned ? { ...replaced, version: (stored ?? 0) + 1 } : replaced;
    return {
      item: { ...entity.toItem(next), ...(expiresAt !== undefined && { expiresAt }) },
      condition: { equals: isVersioned ? { version: stored } : { entity: entity.name } },
    };
  };
  return [entity.name, rewrite];
}

/** Rewrites by the name of the entity. Other items of the partitions name no one. */
const rewrites: ReadonlyMap<unknown, Rewrite> = new Map([
  rewriteOf(scheduleEntity, true),
  // The version is part of its key.
  rewriteOf(supersededEntity, false),
  rewriteOf(overrideEntity, false),
  rewriteOf(policyEntity, true),
  rewriteOf(drillEntity, true),
  rewriteOf(incidentEntity, true),
  rewriteOf(escalationEntity, false),
  rewriteOf(eventEntity, false),
  rewriteOf(noteEntity, false),
  rewriteOf(silenceEntity, true),
  rewriteOf(auditEntity, false),
]);

/** Position in an area. */
const positionSchema = z.object({
  /** Sort key of the last listed partition; null at the start. */
  after: z.string().nullable(),
  /** Listed partitions of which items are left, and the sort keys of their last processed items. */
  pending: z.array(z.object({ pk: z.string(), sk: z.string() })),
});
type Position = z.output<typeof positionSchema>;

interface ListedPartition {
  readonly pk: string;
  readonly position: string;
}

/** @param table audits the changes of schedules, overrides, policies and silences */
export function personalRecordStore(table: Table): PersonalRecordStore {
  const entriesOf = (pk: string, after: string | null): Promise<IndexEntry[]> =>
    table.queryIndex("gsi1", {
      pk,
      ...(after !== null && { before: after }),
      newestFirst: true,
      limit: partitionsPerPart,
    });

  const listed = (entries: readonly IndexEntry[]): ListedPartition[] =>
    entries.map(({ pk, gsisk: position }) => ({ pk, position }));

  const onePartition = (pk: string, after: string | null): ListedPartition[] =>
    after === null ? [{ pk, position: pk }] : [];

  const lists: Readonly<
    Record<Exclude<ForgettingArea, "profile">, (after: string | null) => Promise<ListedPartition[]>>
  > = {
    schedules: async (after) => listed(await entriesOf(partitions.schedules, after)),
    // Teams with a policy but without a schedule are known by their services.
    async services(after) {
      const entries = await entriesOf(partitions.services, after);
      const teams = new Map(
        (await table.getAll(entries)).map((item) => [item.pk, serviceEntity.parse(item).team]),
      );
      return entries.map(({ pk, gsisk: position }) => ({
        pk: keys.policy(teams.get(pk) ?? "").pk,
        position,
      }));
    },
    incidents: async (after) => listed(await entriesOf(partitions.incidents, after)),
    silences: async (after) => onePartition(partitions.rules, after),
    audit: async (after) => onePartition(partitions.audit, after),
  };

  /** Rewrites the items of a partition before a sort key. */
  async function rewriteItems(pk: string, before: string | undefined, replace: Replace) {
    const items = await table.query({
      pk,
      ...(before !== undefined && { before }),
      newestFirst: true,
      limit: itemsPerQuery,
    });
    const puts = items.flatMap((item) => rewrites.get(item.entity)?.(item, replace) ?? []);
    const write = (put: Put) =>
      auditEntity.is(put.item) ? table.transact(rewriteEntry(put)) : table.put(put);
    await Promise.all(puts.map((put) => orStale(`${put.item.pk} ${put.item.sk}`, write(put))));
    const last = items.length === itemsPerQuery ? items.at(-1) : undefined;
    return { changed: puts.length, pending: last ? [{ pk, sk: last.sk }] : [] };
  }

  return {
    async rewrite(area, position, replace) {
      const from: Position =
        position === null ? { after: null, pending: [] } : positionSchema.parse(JSON.parse(position));
      const [first, ...others] = from.pending;
      const found = first ? [] : await lists[area](from.after);
      if (!first && found.length === 0) return { changed: 0, next: null };
      const done = first
        ? [await rewriteItems(first.pk, first.sk, replace)]
        : await Promise.all(
            [...new Set(found.map(({ pk }) => pk))].map((pk) => rewriteItems(pk, undefined, replace)),
          );
      const next: Position = {
        after: found.at(-1)?.position ?? from.after,
        pending: [...done.flatMap(({ pending }) => pending), ...others],
      };
      return { changed: done.reduce((sum, { changed }) => sum + changed, 0), next: JSON.stringify(next) };
    },

    async countNotifications(email) {
      const pk = partitions.notificationsOfRecipient(email);
      return (await table.queryIndex("gsi3", { pk, newestFirst: true, limit: mostNotifications })).length;
    },

    async countPageDays(email, now) {
      const days = Array.from({ length: keptDays }, (_, ago) => formatDate(now - ago * dayMs));
      const items = await table.getAll(days.map(keys.pagesOfDay), { stale: true });
      return items.filter((item) =>
        pageTallyEntity.parse(item).tallies.some((tally) => tally.email === email),
      ).length;
    },
  };
}
