/** Alerts, rules, silences and heartbeats. */

import { describe, expect, test } from "vitest";
import { alertOutcomes, type RecordedAlert } from "../../../../shared/domain/alerts/alert.ts";
import { unknownDowntime } from "../../../../shared/domain/alerts/downtime.ts";
import { silenceEndedAt } from "../../../../shared/domain/alerts/silence.ts";
import { addToSuppressed } from "../../../../shared/domain/alerts/suppressed-alert.ts";
import { StaleVersion } from "../../../../shared/domain/errors.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import { severities } from "../../../../shared/domain/severity.ts";
import { alertStore } from "../../../../shared/storage/alerts/alert-store.ts";
import { downtimeStore } from "../../../../shared/storage/alerts/downtime-store.ts";
import { heartbeatStore } from "../../../../shared/storage/alerts/heartbeat-store.ts";
import { ruleStore } from "../../../../shared/storage/alerts/rule-store.ts";
import { suppressedAlertStore } from "../../../../shared/storage/alerts/suppressed-alert-store.ts";
import type { AlertFilter } from "../../../../shared/use-cases/ports/alerts.ts";
import {
  aHeartbeat,
  anAlert,
  aPulse,
  aRecordedAlert,
  aRule,
  aSilence,
  days,
  minutes,
  monday,
} from "../../builders.ts";
import { idOf, readAll, type StoreSetting } from "./setting.ts";

export function alertStoreSuite({ table, clock }: StoreSetting): void {
  describe("alerts", () => {
    /** One alert per minute, cycling through all severities, outcomes and three services. */
    const history = Array.from({ length: 60 }, (_, index) =>
      aRecordedAlert({
        receivedAt: monday + minutes(index),
        service: ["checkout", "search", "ledger"][index % 3] ?? "",
        severity: severities[index % 4] ?? "low",
        outcome: alertOutcomes[index % 4] ?? "dropped",
        incidentId: index % 4 === 3 ? null : `inc_${index % 2}`,
      }),
    );
    const newestFirst = history.toReversed();
    const stored = async () => {
      const alerts = alertStore(await table());
      await alerts.record(history);
      return alerts;
    };

    test("are found as they were recorded, labels of every kind and name included", async () => {
      const alerts = alertStore(await table());
      const alert = aRecordedAlert({
        labels: {
          region: "eu",
          replicas: 3,
          canary: false,
          huge: 1e308,
          tiny: 5e-324,
          "": "",
          "a.b#c": "🚨",
        },
        dedupKey: "key#1",
        timestamp: monday - days(4_000),
      });
      await alerts.record([alert]);
      expect(await alerts.find(alert.id)).toEqual(alert);
      expect(await alerts.find("alt_none")).toBeUndefined();
    });

    test("of some IDs, the recorded ones are returned, however often they are given", async () => {
      const alerts = await stored();
      const [first = "", second = ""] = history.map(idOf);
      expect(await alerts.recorded([first, "alt_none", second, first])).toEqual(
        new Map([
          [first, "inc_0"],
          [second, "inc_1"],
        ]),
      );
      expect(await alerts.recorded([])).toEqual(new Map());
    });

    test("recorded again are recorded once", async () => {
      const alerts = await stored();
      await alerts.record(history.slice(0, 30));
      expect((await readAll((page) => alerts.list({}, page), 200)).items).toHaveLength(history.length);
    });

    test.each([1, 7, 59, 60, 61, 200])(
      "are listed newest first, each once, in pages of %i",
      async (limit) => {
        const alerts = await stored();
        const { items, pages } = await readAll((page) => alerts.list({}, page), limit);
        expect(items.map(idOf)).toEqual(newestFirst.map(idOf));
        expect(pages).toBe(Math.ceil(history.length / limit));
      },
    );

    test.each([
      { service: "search" },
      { severity: "high" },
      { outcome: "dropped" },
      { incidentId: "inc_1" },
      { incidentId: "inc_0", severity: "medium" },
      { service: "ledger", severity: "low", outcome: "dropped" },
      { service: "nobody's" },
      { service: undefined, incidentId: undefined },
    ] as const)("that meet %o are listed newest first, each once, on every page", async (filter) => {
      const alerts = await stored();
      const expected = newestFirst.filter((alert) =>
        Object.entries(filter).every(
          ([name, value]) => value === undefined || alert[name as keyof RecordedAlert] === value,
        ),
      );
      for (const limit of [3, 200]) {
        const { items } = await readAll((page) => alerts.list(filter, page), limit);
        expect(items).toEqual(expected);
      }
    });

    test("are found by a part of their message, whatever its case, together with what else they must meet", async () => {
      const alerts = alertStore(await table());
      const [found, other] = ["Replica LAG 40 s", "lagging behind"].map((message, index) =>
        aRecordedAlert({ message, service: ["db", "web"][index] ?? "" }),
      );
      await alerts.record([found, other, aRecordedAlert()].filter((alert) => alert !== undefined));
      const idsOf = async (filter: AlertFilter) =>
        (await alerts.list(filter, { limit: 10, after: null })).items.map(idOf);
      expect(await idsOf({ text: "lag" })).toEqual([other?.id, found?.id]);
      expect(await idsOf({ text: "LAG", service: "db" })).toEqual([found?.id]);
      expect(await idsOf({ text: "leg" })).toEqual([]);
    });

    test("that arrive while a list is read shift nothing on its later pages", async () => {
      const alerts = await stored();
      const first = await alerts.list({}, { limit: 10, after: null });
      await alerts.record([aRecordedAlert({ receivedAt: monday + days(1) })]);
      const second = await alerts.list({}, { limit: 10, after: first.next });
      expect(second.items.map(idOf)).toEqual(newestFirst.slice(10, 20).map(idOf));
    });
  });

  describe("routing rules and silences", () => {
    const rulesOf = async () => ruleStore(await table());
    const routing = (version: number) => ({
      rules: [aRule({ name: `${version}` })],
      inForceFrom: monday,
      version,
    });

    test("there are no rules until some are put, each list in the place of the one before", async () => {
      const rules = await rulesOf();
      expect(await rules.findRouting()).toEqual({
        current: { rules: [], inForceFrom: 0, version: 0 },
        superseded: null,
      });
      expect(await rules.putRouting(routing(1), null)).toEqual(routing(1));
      expect(await rules.putRouting(routing(2), routing(1))).toEqual(routing(2));
      const second = { current: routing(2), superseded: routing(1) };
      expect(await rules.findRouting()).toEqual(second);
      expect((await rules.load(monday)).routing).toEqual(second);
    });

    test("of two that put the same version, one is too late", async () => {
      const rules = await rulesOf();
      for (const superseded of [null, routing(1)]) {
        const put = () => rules.putRouting(routing(1), superseded);
        await put();
        await expect(put()).rejects.toThrow(StaleVersion);
      }
    });

    test("silences are loaded until an hour after their end, beside the rules", async () => {
      const rules = await rulesOf();
      const silences = [-60, -59, 1, 9_999].map((minute) => aSilence({ endsAt: monday + minutes(minute) }));
      for (const silence of silences) await rules.createSilence(silence);
      await rules.putRouting(routing(1), null);
      const loaded = await rules.load(monday - minutes(59));
      expect(loaded.silences.map(idOf).toSorted()).toEqual(silences.slice(1).map(idOf).toSorted());
      expect(loaded.routing.current).toEqual(routing(1));
      expect(await readAll((page) => rules.listSilences(page), 3)).toMatchObject({
        items: silences.toReversed(),
        pages: 2,
      });
    });

    test("a silence is found by its id, ended or not, and is ended once", async () => {
      const rules = await rulesOf();
      const hours = [
        { type: "weekly", startDay: "friday", start: "22:00", endDay: "monday", end: "06:00" },
      ] as const;
      const silence = aSilence({ windows: { timezone: "Europe/Berlin", hours } });
      await rules.createSilence(silence);
      expect(await rules.findSilence(silence.id)).toEqual(silence);
      const ended = await rules.replaceSilence(silence, silenceEndedAt(silence, monday + 1), monday + 1);
      expect(await rules.findSilence(silence.id)).toEqual(ended);
      expect((await rules.load(monday - days(1))).silences).toEqual([ended]);
      const again = rules.replaceSilence(silence, silenceEndedAt(silence, monday + 2), monday + 2);
      await expect(again).rejects.toThrow(StaleVersion);
      expect(await rules.findSilence("sil_none")).toBeUndefined();
    });

    test("that a silence was ended before its time is known until it is forgotten", async () => {
      const rules = await rulesOf();
      const silences = [2, 1].map((minute) => aSilence({ createdAt: monday - minutes(minute) }));
      for (const [index, silence] of silences.entries()) {
        await rules.createSilence(silence);
        await rules.replaceSilence(silence, silenceEndedAt(silence, monday + index), monday + index);
      }
      const endedOf = async () => (await rules.endedEarly(null)).items;
      expect(await endedOf()).toEqual(silences.map(({ id }, index) => ({ id, endedAt: monday + index })));
      await rules.forgetEnded(silences[0]?.id ?? "");
      expect((await endedOf()).map(idOf)).toEqual(silences.slice(1).map(idOf));
    });

    test("a silence can be read for a while after its end, and then expires", async () => {
      const rules = await rulesOf();
      const silence = aSilence();
      await rules.createSilence(silence);
      clock.now = silence.endsAt + limits.silenceKeptSeconds * 1_000 - 1;
      expect(await rules.findSilence(silence.id)).toEqual(silence);
      clock.now += 1;
      expect(await rules.findSilence(silence.id)).toBeUndefined();
    });
  });

  describe("alerts held back", () => {
    const suppression = (silenceId: string, minute: number) => ({
      by: { kind: "silence" as const, id: silenceId },
      until: monday + minutes(minute),
    });
    const ofKey = (dedupKey: string, silenceId = "sil_1", minute = 1) =>
      addToSuppressed(
        undefined,
        anAlert({ dedupKey, labels: { "": 5e-324 } }),
        suppression(silenceId, minute),
      );

    test("are found by their key, however long, and changed one after the other", async () => {
      const suppressedAlerts = suppressedAlertStore(await table());
      const first = ofKey("🔑".repeat(255));
      const stored = await suppressedAlerts.put(first);
      expect(await suppressedAlerts.find(first.key)).toEqual(stored);
      await expect(suppressedAlerts.put(first)).rejects.toThrow(StaleVersion);
      const next = await suppressedAlerts.put({ ...stored, dueAt: monday });
      await expect(suppressedAlerts.remove(stored)).rejects.toThrow(StaleVersion);
      await suppressedAlerts.remove(next);
      expect(await suppressedAlerts.find(first.key)).toBeUndefined();
    });

    test("are listed when they are due, earliest first, and by the silence that holds them", async () => {
      const suppressedAlerts = suppressedAlertStore(await table());
      const all = [3, 1, 2].map((minute) => ofKey(`${minute}`, `sil_${minute % 2}`, minute));
      for (const each of all) await suppressedAlerts.put(each);
      const due = async (minute: number) =>
        (await suppressedAlerts.due(monday + minutes(minute), null)).items;
      expect((await due(2)).map(({ alert }) => alert.dedupKey)).toEqual(["1", "2"]);
      expect(await due(0)).toEqual([]);
      const { items, next } = await suppressedAlerts.listBySilence("sil_1", null);
      expect(items.map(({ alert }) => alert.dedupKey)).toEqual(["1", "3"]);
      expect(next).toBeNull();
    });
  });

  describe("heartbeats", () => {
    const made = async (store: ReturnType<typeof heartbeatStore>, wakeAt: number | null, minute = 0) => {
      const heartbeat = aHeartbeat({ createdAt: monday + minutes(minute) });
      const both = { heartbeat, pulse: aPulse(heartbeat, { wakeAt }) };
      await store.create(both);
      return both;
    };

    test("are found by id and by the digest of their key, and listed newest first", async () => {
      const store = heartbeatStore(await table());
      const all = [];
      for (const minute of [0, 1, 2]) all.push(await made(store, null, minute));
      const [first] = all;
      expect(await store.find(first?.heartbeat.id ?? "")).toEqual(first);
      expect(await store.findPulse(first?.pulse.keyDigest ?? "")).toEqual(first?.pulse);
      expect(await readAll((page) => store.list(page), 2)).toEqual({ items: all.toReversed(), pages: 2 });
      expect(await store.find("hbt_none")).toBeUndefined();
      expect(await store.findPulse("none")).toBeUndefined();
    });

    test("are looked at when their time has come, if ever", async () => {
      const store = heartbeatStore(await table());
      const late = await made(store, monday + minutes(2), 0);
      const early = await made(store, monday + minutes(1), 1);
      await made(store, null, 2);
      const due = async (minute: number) => (await store.due(monday + minutes(minute), null)).items;
      expect(await due(2)).toEqual([early.pulse, late.pulse]);
      expect(await due(0)).toEqual([]);
      await store.savePulse({ ...early.pulse, wakeAt: null });
      expect(await due(9)).toEqual([late.pulse]);
    });

    test("are changed by one at a time, and gone altogether", async () => {
      const store = heartbeatStore(await table());
      const both = await made(store, null);
      const pulse = await store.savePulse({ ...both.pulse, lastBeatAt: monday });
      await expect(store.savePulse(both.pulse)).rejects.toThrow(StaleVersion);
      await expect(store.save(both)).rejects.toThrow(StaleVersion);
      const saved = await store.save({ heartbeat: { ...both.heartbeat, name: "other" }, pulse });
      expect(await store.find(both.heartbeat.id)).toEqual(saved);
      await expect(store.remove({ ...saved, pulse: both.pulse })).rejects.toThrow(StaleVersion);
      await store.remove(saved);
      expect(await store.find(both.heartbeat.id)).toBeUndefined();
      expect(await store.findPulse(pulse.keyDigest)).toBeUndefined();
    });
  });

  test("of several concurrent writers one records the time, and the others are notified", async () => {
    const store = downtimeStore(await table());
    expect(await store.load()).toEqual(unknownDowntime);
    const noted = { ...unknownDowntime, sweptAt: monday, gaps: [{ from: 0, to: monday }] };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => store.save(noted)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await store.load()).toEqual({ ...noted, version: 1 });
    await expect(store.save(noted)).rejects.toThrow(StaleVersion);
    await store.save({ ...noted, version: 1, sweptAt: monday + 1 });
    expect((await store.load()).sweptAt).toBe(monday + 1);
  });
}
