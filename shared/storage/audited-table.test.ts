import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  anActorContext,
  anApiKey,
  anOverride,
  aPolicy,
  aSchedule,
  aService,
  aUser,
  countingUlids,
  monday,
} from "../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../tests/support/memory/memory-table.ts";
import type { AuditEntry } from "../domain/access/audit.ts";
import { AlreadyExists, StaleVersion } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import type { Ulid } from "../use-cases/ports/system.ts";
import { apiKeyStore, auditedApiKey } from "./access/api-key-store.ts";
import { auditEntity, auditStore, keptAudit } from "./access/audit-store.ts";
import { auditedUser, userStore } from "./access/user-store.ts";
import { auditedTable } from "./audited-table.ts";
import { keys } from "./keys.ts";
import { auditedTeamChannels, teamChannelStore } from "./notifications/team-channel-store.ts";
import { auditedSchedule, scheduleStore } from "./oncall/schedule-store.ts";
import { auditedService, serviceEntity, serviceStore } from "./oncall/service-store.ts";
import type { Table } from "./table.ts";

const actorContext = anActorContext();
const slackUrl = "https://hooks.slack.com/services/T000/B000/verysecretWXYZ";
const service = aService();

let plain: MemoryTable;
let ulid: Ulid;
let table: Table;
beforeEach(() => {
  ulid = countingUlids();
  plain = memoryTable(() => monday);
  const kinds = [...auditedSchedule, auditedService, auditedUser, auditedTeamChannels, auditedApiKey];
  const journal = {
    entity: keptAudit(400),
    clock: () => monday,
    ulid,
    currentActor: () => actorContext,
  };
  table = auditedTable(plain, kinds, journal);
});

/** Oldest first. */
async function entries(): Promise<readonly AuditEntry[]> {
  return (await auditStore(plain).list({}, { limit: limits.pageSize, after: null })).items.toReversed();
}
const logged = async () =>
  (await entries()).map(({ resource, resourceId, before, after }) => ({
    resource,
    resourceId,
    before,
    after,
  }));

describe("a change of configuration", () => {
  test("is written down with who, by what, before and after, and when it is to be forgotten", async () => {
    const services = serviceStore(table);
    await services.put(service);
    await services.put({ ...service, team: "search" }, service);
    const shown = { name: "checkout", auto_resolve_seconds: null, updated_at: "2026-11-23T10:00:00.000Z" };
    const entry = { ...actorContext, at: monday, resource: "service", resourceId: "checkout" };
    expect(await entries()).toMatchObject([
      { ...entry, before: null, after: { ...shown, team: "payments" } },
      { ...entry, before: { ...shown, team: "payments" }, after: { ...shown, team: "search" } },
    ]);
    const [item] = plain.all().filter(auditEntity.is);
    expect(item?.expiresAt).toBe(monday / 1_000 + 400 * 86_400);
  });

  test("and its entry are one transaction", async () => {
    const transact = vi.spyOn(plain, "transact").mockRejectedValueOnce(new Error("died"));
    await expect(serviceStore(table).put(service)).rejects.toThrow("died");
    expect(transact).toHaveBeenCalledOnce();
    expect(plain.all()).toEqual([]);
  });

  test("that a condition refuses leaves no entry", async () => {
    const schedules = scheduleStore(table);
    await schedules.create(aSchedule());
    await expect(schedules.create(aSchedule())).rejects.toThrow(AlreadyExists);
    expect(await entries()).toHaveLength(1);
  });

  test("may be a removal; what was not there was not removed", async () => {
    const users = userStore(table);
    await users.put(aUser());
    await users.remove(aUser());
    await expect(users.remove(aUser())).rejects.toThrow(StaleVersion);
    expect((await logged()).map(({ before, after }) => [before !== null, after !== null])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test("of an item that moves in the table is one entry", async () => {
    const schedules = scheduleStore(table);
    const override = anOverride();
    await schedules.putOverride(override);
    await schedules.endOverride(override, override.start + 1_000);
    const [, ended] = await logged();
    expect(await entries()).toHaveLength(2);
    expect(ended).toMatchObject({ resource: "override", resourceId: override.id });
    expect(ended?.before?.end).not.toBe(ended?.after?.end);
  });

  test("of a schedule is one entry, though the one before is kept", async () => {
    const schedules = scheduleStore(table);
    const schedule = aSchedule();
    await schedules.create(schedule);
    await schedules.supersede(
      { ...schedule, inForceUntil: monday },
      { ...schedule, timezone: "Europe/Berlin", inForceFrom: monday },
    );
    expect((await logged()).slice(1)).toMatchObject([
      { before: { timezone: "UTC" }, after: { timezone: "Europe/Berlin" } },
    ]);
  });

  test("of every kind shows none of its secrets", async () => {
    const schedule = aSchedule({ calendarToken: "calendar-token-WXYZ" });
    const apiKey = anApiKey({ keyDigest: "the digest of a key" });
    const method = { id: "chat", channel: "slack", address: slackUrl } as const;
    await scheduleStore(table).create(schedule);
    await scheduleStore(table).putPolicy("payments", aPolicy());
    await userStore(table).put(aUser({ contactMethods: [method] }));
    await teamChannelStore(table).put("payments", [{ ...method, events: ["triggered"] }]);
    await apiKeyStore(table).create(apiKey);
    expect((await logged()).map(({ resource, resourceId }) => `${resource} ${resourceId}`)).toEqual([
      `schedule ${schedule.team}`,
      "escalation_policy payments",
      "user ada@example.com",
      "team_channels payments",
      `key ${apiKey.id}`,
    ]);
    const text = JSON.stringify(plain.all().filter(auditEntity.is));
    for (const secret of ["calendar-token", "verysecret", "the digest"]) expect(text).not.toContain(secret);
    expect(text).toContain("…WXYZ");
  });

  test("can't be made past the log", async () => {
    await expect(table.putAll([serviceEntity.toItem(service)])).rejects.toThrow("one item at a time");
  });
});

test("other items are written unchanged at no extra cost", async () => {
  const [get, transact] = [vi.spyOn(plain, "get"), vi.spyOn(plain, "transact")];
  await table.put({ item: { ...keys.counter("y"), count: 1 } });
  await table.putAll([{ ...keys.counter("x"), count: 1 }]);
  expect(get).not.toHaveBeenCalled();
  expect(transact).not.toHaveBeenCalled();
  expect(await entries()).toEqual([]);
});

describe("the log", () => {
  test("is listed by kind, by item, by actor, and by both; newest first, page by page", async () => {
    const journal = { entity: keptAudit(0), clock: () => monday, ulid };
    const as = (actor: string | null) =>
      serviceStore(
        auditedTable(plain, [auditedService], {
          ...journal,
          currentActor: () => ({ ...actorContext, actor }),
        }),
      );
    await as("ops").put(service);
    await as("ada").put({ ...service, name: "search" });
    await as("ada").put({ ...service, team: "search" }, service);
    await as(null).put({ ...service, name: "third" });
    await userStore(table).put(aUser());

    const list = async (filter: Parameters<ReturnType<typeof auditStore>["list"]>[0], limit = 50) => {
      const found: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await auditStore(plain).list(filter, { limit, after });
        found.push(...page.items.map(({ actor, resourceId }) => `${actor} ${resourceId}`));
        if (page.next === null) return found;
        after = page.next;
      }
    };
    const services = { resource: { kind: "service", id: null } } as const;
    const checkout = { resource: { kind: "service", id: "checkout" } } as const;
    expect(await list(services, 1)).toEqual(["null third", "ada checkout", "ada search", "ops checkout"]);
    expect(await list(checkout)).toEqual(["ada checkout", "ops checkout"]);
    expect(await list({ actor: "ada" })).toEqual(["ada checkout", "ada search"]);
    expect(await list({ ...checkout, actor: "ops" })).toEqual(["ops checkout"]);
    expect(await list({ ...services, actor: "nobody" })).toEqual([]);
    expect(await list({})).toHaveLength(5);
  });
});
