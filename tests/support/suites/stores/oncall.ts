/** Schedules, policies, overrides and services. */

import { describe, expect, test } from "vitest";
import { AlreadyExists, StaleVersion } from "../../../../shared/domain/errors.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import type { Schedule } from "../../../../shared/domain/oncall/schedule.ts";
import { scheduleStore } from "../../../../shared/storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../../shared/storage/oncall/service-store.ts";
import type { Table } from "../../../../shared/storage/table.ts";
import { anOverride, aPolicy, aSchedule, aService, days, minutes, monday } from "../../builders.ts";
import { removeSchedule } from "../../remove-schedule.ts";
import { everything, readAll, type StoreSetting } from "./setting.ts";

export function onCallStoreSuite({ table }: StoreSetting): void {
  describe("schedules", () => {
    test("are found by team, created once, and listed newest first", async () => {
      const schedules = scheduleStore(await table());
      const all = ["payments", "search", "🚨 team"].map((team, index) =>
        aSchedule({ team, createdAt: monday + index }),
      );
      for (const schedule of all) await schedules.create(schedule);
      await expect(schedules.create(aSchedule({ team: "payments" }))).rejects.toThrow(AlreadyExists);
      expect((await schedules.load("payments", monday))?.schedule).toEqual(all[0]);
      expect(await schedules.load("nobody", monday)).toBeUndefined();
      for (const limit of [1, 2, 200]) {
        expect((await readAll((page) => schedules.list(page), limit)).items).toEqual(all.toReversed());
      }
    });
  });

  describe("schedules", () => {
    /** A store that counts its reads. */
    const store = async () => {
      const made = await table();
      let reads = 0;
      const counting: Table = {
        ...made,
        get: (key) => made.get(key).finally(() => (reads += 1)),
        getAll: (keys) => made.getAll(keys).finally(() => (reads += 1)),
        query: (range) => made.query(range).finally(() => (reads += 1)),
        queryIndex: (index, range) => made.queryIndex(index, range).finally(() => (reads += 1)),
      };
      return {
        schedules: scheduleStore(counting),
        readsOf: async (work: () => Promise<unknown>) => {
          const before = reads;
          await work();
          return reads - before;
        },
      };
    };
    /** A schedule that changes every hour: version n applies from hour n on. */
    const changedHourly = async (changes: number) => {
      const { schedules, readsOf } = await store();
      const versions = [aSchedule()];
      await schedules.create(versions[0] as Schedule);
      for (let hour = 1; hour <= changes; hour += 1) {
        const before = versions.at(-1) as Schedule;
        const inForceFrom = monday + minutes(60 * hour);
        const next = { ...before, timezone: `Etc/GMT+${hour}`, inForceFrom };
        versions.push(await schedules.supersede({ ...before, inForceUntil: inForceFrom }, next));
      }
      return { schedules, readsOf, versions };
    };

    test("are one query for now, whatever the team has: schedule, overrides, policy", async () => {
      const { schedules, readsOf, versions } = await changedHourly(3);
      const overrides = [anOverride(), anOverride({ role: "secondary" })];
      for (const override of overrides) await schedules.putOverride(override);
      await schedules.putPolicy("payments", aPolicy());
      const now = monday + minutes(180);
      expect(await schedules.load("payments", now)).toMatchObject({
        schedule: versions[3],
        history: { schedules: [versions[3]], overrides },
        policy: aPolicy(),
      });
      expect(await readsOf(() => schedules.load("payments", now))).toBe(1);
      expect(await readsOf(() => schedules.load("nobody", now))).toBe(1);
    });

    test.each([
      { at: 0, from: 0 },
      { at: 90, from: 1 },
      { at: 150, from: 2 },
      { at: 179, from: 2 },
    ])(
      "of the past, at minute $at, have what held then and since, in a second query",
      async ({ at, from }) => {
        const { schedules, readsOf, versions } = await changedHourly(3);
        const load = () => schedules.load("payments", monday + minutes(at));
        const timezones = (await load())?.history.schedules.map(({ timezone }) => timezone);
        expect(timezones).toEqual(versions.slice(from).map(({ timezone }) => timezone));
        expect(await readsOf(load)).toBe(2);
      },
    );

    test("superseded by a version read earlier stay as they are", async () => {
      const { schedules, versions } = await changedHourly(1);
      const [first] = versions as [Schedule];
      const stale = schedules.supersede({ ...first, inForceUntil: monday }, first);
      await expect(stale).rejects.toThrow(StaleVersion);
      expect((await schedules.load("payments", monday + days(1)))?.schedule).toEqual(versions[1]);
      expect((await schedules.load("payments", monday))?.history.schedules).toHaveLength(2);
    });

    test("removed are gone; policy and overrides of the team stay", async () => {
      const { schedules } = await changedHourly(0);
      await schedules.putPolicy("payments", aPolicy());
      await removeSchedule(schedules, "payments");
      expect(await schedules.load("payments", monday)).toMatchObject({
        schedule: null,
        history: { schedules: [], overrides: [] },
        policy: aPolicy(),
      });
      expect((await schedules.list(everything)).items).toEqual([]);
    });

    test("removed leave the layers that they once had out of the one that comes after", async () => {
      const { schedules, versions } = await changedHourly(1);
      await removeSchedule(schedules, "payments");
      const again = aSchedule({ id: "sch_again", createdAt: monday + minutes(120) });
      await schedules.create(again);
      const at = monday + minutes(180);
      await schedules.supersede({ ...again, inForceUntil: at }, { ...again, inForceFrom: at });
      expect(versions[0]?.id).not.toBe(again.id);
      const since = (await schedules.load("payments", monday))?.history.schedules.map(
        ({ inForceFrom }) => inForceFrom,
      );
      expect(since).toEqual([null, at]);
    });

    test("removed with an outdated version stay", async () => {
      const { schedules, versions } = await changedHourly(1);
      const [first] = versions as [Schedule];
      await expect(schedules.remove(first)).rejects.toThrow(StaleVersion);
      expect((await schedules.load("payments", monday))?.schedule).toMatchObject({ team: "payments" });
    });

    test("have the overrides that end after the instant, in the order of their creation", async () => {
      const { schedules } = await changedHourly(0);
      const ending = [5, 1, 3, 2].map((hours, index) =>
        anOverride({ createdAt: monday + index, end: monday + minutes(60 * hours) }),
      );
      for (const override of ending.toReversed()) await schedules.putOverride(override);
      const ends = async (at: number) =>
        (await schedules.load("payments", at))?.history.overrides.map(
          ({ end }) => (end - monday) / minutes(60),
        );
      expect(await ends(monday)).toEqual([5, 1, 3, 2]);
      // Half-open: an item that ends at this time may be included, an earlier one may not.
      expect(await ends(monday + minutes(60) + 1)).toEqual([5, 3, 2]);
      expect(await ends(monday + minutes(180) + 1)).toEqual([5]);
      expect((await schedules.listOverrides("payments", everything)).items).toEqual(ending.toReversed());
      expect((await schedules.listOverrides("search", everything)).items).toEqual([]);
    });

    test("find an override by its id", async () => {
      const { schedules } = await store();
      const override = anOverride({ replaces: "ada@example.com", reason: "🏖" });
      await schedules.putOverride(override);
      expect(await schedules.findOverride(override.id)).toEqual(override);
      expect(await schedules.findOverride("ovr_none")).toBeUndefined();
    });

    test.each([
      { moment: "before it began", after: -1, left: undefined },
      { moment: "as it began", after: 0, left: undefined },
      { moment: "in the middle", after: 60, left: 60 },
      { moment: "as it ended", after: 120, left: 120 },
      { moment: "after it ended", after: 180, left: 120 },
    ])("ended $moment keep of it what had been", async ({ after, left }) => {
      const { schedules } = await store();
      const override = anOverride({ end: monday + minutes(120) });
      await schedules.putOverride(override);
      await schedules.endOverride(override, monday + minutes(after));
      const found = await schedules.findOverride(override.id);
      expect(found).toEqual(left === undefined ? undefined : { ...override, end: monday + minutes(left) });
      const { items } = await schedules.listOverrides("payments", everything);
      expect(items).toEqual(found ? [found] : []);
      const known = await schedules.load("payments", monday);
      expect(known?.history.overrides ?? []).toEqual(found ? [found] : []);
    });

    test("end an override once, however many want to at the same time", async () => {
      const { schedules } = await store();
      const override = anOverride({ end: monday + minutes(120) });
      await schedules.putOverride(override);
      await expect(schedules.putOverride(override)).rejects.toThrow(AlreadyExists);
      await schedules.endOverride(override, monday + minutes(60));
      await expect(schedules.endOverride(override, monday + minutes(90))).rejects.toThrow(StaleVersion);
      expect((await schedules.load("payments", monday))?.history.overrides).toEqual([
        { ...override, end: monday + minutes(60) },
      ]);
    });

    test("have the policy that was put last, without a schedule too", async () => {
      const { schedules } = await store();
      await schedules.putPolicy("payments", aPolicy());
      const policy = aPolicy({ rules: [["primary", "boss@example.com"]], delaySeconds: 86_400, repeat: 20 });
      await schedules.putPolicy("payments", policy, 1);
      await expect(schedules.putPolicy("payments", aPolicy(), 1)).rejects.toThrow(StaleVersion);
      expect(await schedules.load("payments", monday)).toMatchObject({ schedule: null, policy });
    });
  });

  describe("services", () => {
    const store = async () => serviceStore(await table());
    const service = (name: string, updatedAt: number) => aService({ name, updatedAt });

    test("are found by name, and put again replaced", async () => {
      const services = await store();
      await services.put(service("checkout", monday));
      const changed = { ...service("checkout", monday + 1), team: "search", autoResolveSeconds: 600 };
      await expect(services.put(changed)).rejects.toThrow(StaleVersion);
      await services.put(changed, service("checkout", monday));
      await expect(services.put(changed, service("checkout", monday))).rejects.toThrow(StaleVersion);
      expect(await services.find("checkout")).toEqual(changed);
      expect(await services.find("none")).toBeUndefined();
    });

    test("keep links and the hours of their urgency", async () => {
      const services = await store();
      const full = aService({
        acknowledgementTimeoutSeconds: 1_800,
        runbookUrl: "https://wiki.example.com/checkout",
        links: [{ text: "Dashboard", href: "https://grafana.example.com/d/1" }],
        description: "Takes orders.",
        urgency: {
          timezone: "Europe/Berlin",
          hours: [{ type: "weekly", startDay: "monday", start: "09:00", endDay: "friday", end: "17:00" }],
          inside: "high",
          outside: "by_severity",
          raise: true,
        },
      });
      await services.put(full);
      expect(await services.find(full.name)).toEqual(full);
    });

    test("are removed as they were read", async () => {
      const services = await store();
      const read = service("checkout", monday);
      await services.put(read);
      await services.put({ ...read, team: "search", updatedAt: monday + 1 }, read);
      await expect(services.remove(read)).rejects.toThrow(StaleVersion);
      await services.remove({ ...read, updatedAt: monday + 1 });
      expect(await services.find("checkout")).toBeUndefined();
      expect((await services.list(everything)).items).toEqual([]);
    });

    test("are listed last changed first, each once, on every page", async () => {
      const services = await store();
      for (const [index, name] of ["a", "b", "c", "d"].entries()) {
        await services.put(service(name, monday + index));
      }
      await services.put(service("a", monday + 10), service("a", monday));
      for (const limit of [1, 3, 200]) {
        const { items } = await readAll((page) => services.list(page), limit);
        expect(items.map(({ name }) => name)).toEqual(["a", "d", "c", "b"]);
      }
    });

    test("may have the longest name that the API takes, in any alphabet", async () => {
      const services = await store();
      const longest = service("🚨".repeat(limits.serviceLength), monday);
      await services.put(longest);
      expect(await services.find(longest.name)).toEqual(longest);
      expect((await services.list(everything)).items).toEqual([longest]);
    });
  });
}
