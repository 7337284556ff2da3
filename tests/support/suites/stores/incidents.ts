/** Incidents, timers and statistics. */

import { describe, expect, test } from "vitest";
import { correlationKey } from "../../../../shared/domain/alerts/correlation.ts";
import { AlreadyExists, StaleVersion } from "../../../../shared/domain/errors.ts";
import { timeOfId } from "../../../../shared/domain/ids.ts";
import { type Incident, incidentStatuses } from "../../../../shared/domain/incidents/incident.ts";
import { tally } from "../../../../shared/domain/incidents/stats.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import { severities } from "../../../../shared/domain/severity.ts";
import { incidentEventStore } from "../../../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../../shared/storage/incidents/incident-store.ts";
import { statsEntity, statsStore } from "../../../../shared/storage/incidents/stats-store.ts";
import { timerStore } from "../../../../shared/storage/incidents/timer-store.ts";
import { keys } from "../../../../shared/storage/keys.ts";
import { aNote, anEvent, anIncident, aPolicy, days, minutes, monday, seconds } from "../../builders.ts";
import { everything, idOf, readAll, type StoreSetting } from "./setting.ts";

export function incidentStoreSuite({ table, clock }: StoreSetting): void {
  describe("incidents", () => {
    const store = async () => incidentStore(await table());
    const both = async () => {
      const made = await table();
      return { incidents: incidentStore(made), incidentEvents: incidentEventStore(made) };
    };
    const created = async (fields: Partial<Incident> = {}, key: string | null = null) => {
      const { incidents, incidentEvents } = await both();
      return { incidents, incidentEvents, incident: await incidents.create(anIncident(fields), key) };
    };

    test("are found by id, by number and by correlation key, as they were stored", async () => {
      const { incidents, incident } = await created(
        {
          number: 7,
          description: "🚨",
          assignedTo: { name: "Ada", email: "ada@example.com" },
          escalation: { level: 1, pass: 2, nextAt: monday },
          countedAlerts: { "key#a#b": ["alt_1"] },
          pendingEvents: [anEvent(), anEvent({ type: "coverage_gap", team: "payments", recipients: [] })],
        },
        "key#a#b",
      );
      expect(await incidents.find(incident.id)).toEqual(incident);
      expect(await incidents.findByNumber(7)).toEqual(incident);
      expect(await incidents.findByCorrelationKey("key#a#b", clock.now)).toEqual(incident);
    });

    test("are found by the longest correlation key that an alert may have, and by no other", async () => {
      const alert = { service: "🚨".repeat(limits.serviceLength), severity: "high" } as const;
      const keyOf = (last: string) =>
        correlationKey({ ...alert, dedupKey: "🔑".repeat(limits.dedupKeyLength - 1) + last });
      const { incidents, incident } = await created({}, keyOf("a"));
      expect(await incidents.findByCorrelationKey(keyOf("a"), clock.now)).toEqual(incident);
      expect(await incidents.findByCorrelationKey(keyOf("b"), clock.now)).toBeUndefined();
    });

    test("that do not exist are undefined", async () => {
      const incidents = await store();
      expect(await incidents.find("inc_none")).toBeUndefined();
      expect(await incidents.findByNumber(1)).toBeUndefined();
      expect(await incidents.findByCorrelationKey("none", clock.now)).toBeUndefined();
    });

    test("are numbered from 1", async () => {
      const incidents = await store();
      expect(await incidents.nextNumber()).toBe(1);
      expect(await incidents.nextNumber()).toBe(2);
    });

    test("are created once, and a second try changes nothing", async () => {
      const { incidents, incident } = await created({}, "key");
      await expect(incidents.create({ ...incident, number: 2, title: "again" }, "other")).rejects.toThrow(
        AlreadyExists,
      );
      expect(await incidents.find(incident.id)).toEqual(incident);
      expect(await incidents.findByNumber(2)).toBeUndefined();
      expect(await incidents.findByCorrelationKey("other", clock.now)).toBeUndefined();
    });

    test("opened by an alert are found by their keys once the pointers are stored with the timers, and wait for no sweep", async () => {
      const stored = await table();
      const incidents = incidentStore(stored);
      const opening = anIncident({
        number: 7,
        countedAlerts: { "key#a": ["alt_1"] },
        pendingEvents: [anEvent()],
        escalation: { level: 1, pass: 1, nextAt: monday + 1 },
        lastAlertAt: monday,
        autoResolveSeconds: 60,
      });
      const incident = await incidents.open(opening, aPolicy());
      await expect(incidents.open(opening, null)).rejects.toThrow(AlreadyExists);
      expect(await incidents.findPolicy(incident.id)).toEqual(aPolicy());
      expect(await incidents.findByNumber(7)).toBeUndefined();
      await incidents.putDerived(incident);
      for (const key of ["key#a", "severity#checkout#critical"]) {
        expect(await incidents.findByCorrelationKey(key, clock.now), key).toEqual(incident);
      }
      expect(await incidents.findByNumber(7)).toEqual(incident);
      const { id: incidentId } = incident;
      expect(await timerStore(stored).due(monday + days(1))).toEqual([
        { kind: "escalation", incidentId, level: 1, pass: 1, dueAt: monday + 1 },
        { kind: "auto_resolve", incidentId, dueAt: monday + seconds(60) },
      ]);
      expect((await incidents.listWithPendingEvents(null)).items).toEqual([]);
    });

    test("are not found by a number that another consumer of their alert took", async () => {
      const { incidents, incident } = await created({ number: 7 });
      await incidents.putDerived({ ...incident, number: 8 });
      expect(await incidents.findByNumber(8)).toBeUndefined();
      expect(await incidents.findByNumber(7)).toEqual(incident);
    });

    test("that alerts opened are found by service and severity too; manually created ones are not", async () => {
      const { incidents, incident } = await created({}, "key#checkout#a");
      expect(await incidents.findByCorrelationKey("severity#checkout#critical", clock.now)).toEqual(incident);
      await incidents.create(anIncident({ number: 2, service: "search", lastAlertAt: null }), null);
      expect(await incidents.findByCorrelationKey("severity#search#critical", clock.now)).toBeUndefined();
    });

    test("changed in severity are found under the new one", async () => {
      const { incidents, incident } = await created({ severity: "high" });
      const event = anEvent({ type: "severity_changed", from: "high", to: "critical" });
      const saved = await incidents.save({ ...incident, severity: "critical", pendingEvents: [event] });
      expect(await incidents.findByCorrelationKey("severity#checkout#critical", clock.now)).toEqual(saved);
    });

    test("a change grows the version, and one of a version read earlier is stale", async () => {
      const { incidents, incident } = await created();
      const saved = await incidents.save({ ...incident, title: "first" });
      expect(saved).toEqual({ ...incident, title: "first", version: incident.version + 1 });
      await expect(incidents.save({ ...incident, title: "second" })).rejects.toThrow(StaleVersion);
      expect(await incidents.find(incident.id)).toEqual(saved);
    });

    test("of changes at the same time one is stored, with its notes alone", async () => {
      const { incidents, incidentEvents, incident } = await created();
      const results = await Promise.allSettled(
        ["a", "b", "c"].map((title) =>
          incidents.save(
            { ...incident, title },
            { notes: [aNote({ incidentId: incident.id, content: title })] },
          ),
        ),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const { title } = (await incidents.find(incident.id)) ?? { title: "" };
      const { notes } = await incidentEvents.history(incident.id);
      expect(notes.map(({ content }) => content)).toEqual([title]);
    });

    test("resolved a day ago are no longer found by their keys", async () => {
      const { incidents, incident } = await created({ countedAlerts: { "key#a": ["alt_1"] } }, "key#a");
      const resolution = anEvent({ type: "resolved" });
      await incidents.save({
        ...incident,
        status: "resolved",
        resolvedAt: monday,
        pendingEvents: [resolution],
      });
      for (const key of ["key#a", "severity#checkout#critical"]) {
        clock.now = monday + days(1) - 1;
        expect(await incidents.findByCorrelationKey(key, clock.now), key).toMatchObject({ id: incident.id });
        clock.now = monday + days(1);
        expect(await incidents.findByCorrelationKey(key, clock.now), key).toBeUndefined();
      }
      expect(await incidents.find(incident.id)).toMatchObject({ status: "resolved" });
    });

    test("merged are stored both or not at all, and their keys lead to the target for good", async () => {
      const { incidents, incident: source } = await created(
        { countedAlerts: { "key#a": ["alt_1"] } },
        "key#a",
      );
      const target = await incidents.create(anIncident({ number: 2 }), "key#b");
      const resolved = {
        ...source,
        status: "resolved" as const,
        resolvedAt: monday,
        mergedInto: target.id,
      };
      await incidents.save({ ...target, title: "renamed" });
      await expect(incidents.merge({ source: resolved, target })).rejects.toThrow(StaleVersion);
      expect(await incidents.find(source.id)).toEqual(source);
      const current = (await incidents.find(target.id)) ?? target;
      await incidents.merge({ source: resolved, target: { ...current, mergedCount: 1 } });
      clock.now = monday + days(2);
      expect(await incidents.findByCorrelationKey("key#a", clock.now)).toMatchObject({
        id: target.id,
        mergedCount: 1,
      });
    });

    test("opened take a key from an earlier one, unless that took it again", async () => {
      const { incidents, incident } = await created({ countedAlerts: { "key#a": ["alt_1"] } }, "key#a");
      const { pointer: from } = await incidents.findHolder("key#a", clock.now);
      const reopened = await incidents.save(incident, { claims: [{ key: "key#a", from }] });
      const next = anIncident({ number: 2 });
      await expect(incidents.open(next, null, [{ key: "key#a", from }])).rejects.toThrow(AlreadyExists);
      expect(await incidents.find(next.id)).toBeUndefined();
      expect(await incidents.findByCorrelationKey("key#a", clock.now)).toEqual(reopened);
      const { pointer: latest } = await incidents.findHolder("key#a", clock.now);
      await incidents.open(next, null, [{ key: "key#a", from: latest }]);
      expect(await incidents.findByCorrelationKey("key#a", clock.now)).toEqual(next);
      await expect(incidents.save(reopened, { claims: [{ key: "key#a", from: latest }] })).rejects.toThrow(
        StaleVersion,
      );
    });

    test("resolved leave alone the keys that lead to another incident by now", async () => {
      const { incidents, incident } = await created({ countedAlerts: { "key#a": ["alt_1"] } }, "key#a");
      const next = await incidents.create(anIncident({ number: 2 }), "key#a");
      const pendingEvents = [anEvent({ type: "resolved" })];
      await incidents.save({ ...incident, status: "resolved", resolvedAt: monday, pendingEvents });
      clock.now = monday + days(2);
      expect(await incidents.findByCorrelationKey("key#a", clock.now)).toEqual(next);
    });

    test("with events to publish are listed until exactly this version is cleared", async () => {
      const { incidents, incident } = await created({ pendingEvents: [anEvent()] });
      expect((await incidents.listWithPendingEvents(null)).items).toEqual([incident]);
      const saved = await incidents.save({
        ...incident,
        pendingEvents: [...incident.pendingEvents, anEvent()],
      });
      await incidents.clearPendingEvents(incident);
      expect((await incidents.listWithPendingEvents(null)).items).toEqual([saved]);
      await incidents.clearPendingEvents(saved);
      expect(await incidents.listWithPendingEvents(null)).toEqual({ items: [], next: null });
      expect(await incidents.find(incident.id)).toEqual({ ...saved, pendingEvents: [] });
    });

    test("with events that their writer publishes in any case are not listed, whatever it stored before", async () => {
      const { incidents, incident } = await created({ pendingEvents: [anEvent()] });
      const saved = await incidents.save(incident, { swept: false });
      expect((await incidents.listWithPendingEvents(null)).items).toEqual([]);
      const again = await incidents.save(saved);
      expect((await incidents.listWithPendingEvents(null)).items).toEqual([again]);
    });

    test("with events to publish are listed oldest first, each once, on every page", async () => {
      const incidents = await store();
      const many = Array.from({ length: limits.pageSize + 5 }, (_, index) =>
        anIncident({ number: index + 1, createdAt: monday + index, pendingEvents: [anEvent()] }),
      );
      await Promise.all(many.map((incident) => incidents.create(incident, null)));
      const first = await incidents.listWithPendingEvents(null);
      const second = await incidents.listWithPendingEvents(first.next);
      expect([...first.items, ...second.items].map(idOf)).toEqual(many.map(idOf));
      expect(second.next).toBeNull();
    });

    describe("in lists", () => {
      const history = Array.from({ length: 40 }, (_, index) =>
        anIncident({
          number: index + 1,
          createdAt: monday + minutes(index),
          status: incidentStatuses[index % 3] ?? "open",
          severity: severities[index % 4] ?? "low",
          service: ["checkout", "search"][index % 2] ?? "",
          team: ["payments", "finding", "platform"][Math.floor(index / 2) % 3] ?? "",
        }),
      );
      const stored = async () => {
        const incidents = await store();
        await Promise.all(history.map((incident) => incidents.create(incident, null)));
        return incidents;
      };

      test.each([
        {},
        { status: "open" },
        { status: "resolved" },
        { severity: "critical" },
        { service: "search" },
        { team: "finding" },
        { status: "acknowledged", service: "checkout" },
        { status: "resolved", team: "payments" },
        { status: "resolved", severity: "low" },
        { service: "search", team: "platform", severity: "high" },
        { status: "open", service: "checkout", team: "payments", severity: "critical" },
        { service: "nobody's" },
      ] as const)("those that meet %o come newest first, each once, on every page", async (filter) => {
        const incidents = await stored();
        const expected = history
          .toReversed()
          .filter((incident) =>
            Object.entries(filter).every(([name, value]) => incident[name as keyof Incident] === value),
          );
        for (const limit of [2, 7, 200]) {
          const { items } = await readAll((page) => incidents.list(filter, page), limit);
          expect(items.map(idOf)).toEqual(expected.map(idOf));
        }
      });

      test("a changed status moves an incident between the lists", async () => {
        const { incidents, incident } = await created();
        await incidents.save({ ...incident, status: "acknowledged" });
        expect((await incidents.list({ status: "open" }, everything)).items).toEqual([]);
        expect((await incidents.list({ status: "acknowledged" }, everything)).items).toHaveLength(1);
      });

      test("a filter that few meet answers early, with where to go on", async () => {
        const incidents = await store();
        const many = Array.from({ length: limits.candidatesPerPage + 250 }, (_, index) =>
          anIncident({
            number: index + 1,
            createdAt: monday + index,
            team: index === 0 ? "rare" : "payments",
            service: "checkout",
          }),
        );
        for (let start = 0; start < many.length; start += 50) {
          await Promise.all(many.slice(start, start + 50).map((each) => incidents.create(each, null)));
        }
        const filter = { service: "checkout", team: "rare" };
        const first = await incidents.list(filter, { limit: 200, after: null });
        expect(first.items).toEqual([]);
        expect(first.next).not.toBeNull();
        const { items } = await readAll((page) => incidents.list(filter, page), 200);
        expect(items.map(idOf)).toEqual([many[0]?.id]);
      });
    });

    test("created in a span of time are those from its beginning to before its end", async () => {
      const incidents = await store();
      const moments = [monday - 1, monday, monday + 5, monday + seconds(1) - 1, monday + seconds(1)];
      for (const [index, createdAt] of moments.entries()) {
        await incidents.create(anIncident({ number: index + 1, createdAt }), null);
      }
      const found = (await incidents.idsCreatedBetween(monday, monday + seconds(1))).map(timeOfId);
      expect(found).toEqual(moments.slice(1, 4).toReversed());
    });

    test("created in a span are all there when they are more than a page", async () => {
      const incidents = await store();
      const many = Array.from({ length: 2 * limits.pageSize }, (_, index) =>
        anIncident({ number: index + 1, createdAt: monday + Math.floor(index / 3) }),
      );
      for (let start = 0; start < many.length; start += 50) {
        await Promise.all(many.slice(start, start + 50).map((each) => incidents.create(each, null)));
      }
      const found = await incidents.idsCreatedBetween(monday, monday + days(1));
      expect(found.toSorted()).toEqual(many.map(idOf).toSorted());
    });

    test("in a status are found by ID, newest first, up to a limit", async () => {
      const incidents = await store();
      const opened = [1, 2, 3].map((number) => anIncident({ number, createdAt: monday + number }));
      const resolved = anIncident({ number: 4, createdAt: monday + 4, status: "resolved" });
      for (const each of [...opened, resolved]) await incidents.create(each, null);
      expect(await incidents.idsIn("open", 2)).toEqual(opened.slice(1).map(idOf).toReversed());
    });

    test("have a history of events and notes, each oldest first, each event once", async () => {
      const { incidents, incidentEvents, incident } = await created();
      const events = [1, 2, 3].map((at) => anEvent({ incidentId: incident.id, at: monday + at }));
      const notes = [1, 2].map((at) => aNote({ incidentId: incident.id, createdAt: monday + at }));
      await incidentEvents.appendEvents(events.toReversed());
      await incidentEvents.appendEvents(events.slice(0, 1));
      let saved = incident;
      for (const note of notes.toReversed()) saved = await incidents.save(saved, { notes: [note] });
      await incidentEvents.appendEvents([anEvent({ incidentId: "inc_other" })]);
      expect(await incidentEvents.history(incident.id)).toEqual({ events, notes });
    });

    test("find an event that was published by its id", async () => {
      const { incidentEvents, incident } = await created();
      const event = anEvent({ incidentId: incident.id });
      expect(await incidentEvents.findEvent(incident.id, event.id)).toBeUndefined();
      await incidentEvents.appendEvents([event]);
      expect(await incidentEvents.findEvent(incident.id, event.id)).toEqual(event);
      expect(await incidentEvents.findEvent("inc_other", event.id)).toBeUndefined();
    });

    test("keep the policy that they opened with, until another team's is saved with a change", async () => {
      const { incidents, incidentEvents } = await both();
      const [plain, special] = [anIncident({ number: 1 }), anIncident({ number: 2 })];
      await incidents.create(plain, null);
      await incidents.create(special, null, aPolicy({ repeat: 3 }));
      expect(await incidents.findPolicy(plain.id)).toBeUndefined();
      expect(await incidents.findPolicy(special.id)).toEqual(aPolicy({ repeat: 3 }));
      const saved = await incidents.save(special);
      expect(await incidents.findPolicy(special.id)).toEqual(aPolicy({ repeat: 3 }));
      await incidents.save(saved, { policy: aPolicy({ repeat: 4 }) });
      await expect(incidents.save(saved, { policy: aPolicy({ repeat: 5 }) })).rejects.toThrow(StaleVersion);
      expect(await incidents.findPolicy(special.id)).toEqual(aPolicy({ repeat: 4 }));
      expect(await incidentEvents.history(special.id)).toEqual({ events: [], notes: [] });
    });

    test.each([
      {},
      { incidentId: "inc_1" },
      { team: "search" },
      { incidentId: "inc_1", team: "search" },
      { team: "nobody's" },
    ])("have escalations; those that meet %o are listed newest first, on every page", async (filter) => {
      const { incidentEvents } = await both();
      const events = Array.from({ length: 24 }, (_, index) =>
        anEvent({
          at: monday + index,
          incidentId: `inc_${index % 2}`,
          type: index % 3 === 0 ? "paging" : "escalated",
          team: ["payments", "search"][Math.floor(index / 2) % 2] ?? "",
          level: 2,
          pass: 1,
          recipients: [],
          nextAt: null,
          ...(index % 3 !== 0 && { manual: true, reason: "stuck" }),
        }),
      );
      await incidentEvents.appendEvents(events);
      const expected = events
        .toReversed()
        .filter(({ type }) => type === "escalated")
        .filter((event) =>
          Object.entries(filter).every(([name, value]) => event[name as keyof typeof event] === value),
        );
      for (const limit of [1, 5, 200]) {
        const { items } = await readAll((page) => incidentEvents.listEscalations(filter, page), limit);
        expect(items).toEqual(expected);
      }
    });

    test("find a note by its id", async () => {
      const { incidents, incidentEvents, incident } = await created();
      const note = aNote({ incidentId: incident.id });
      expect(await incidentEvents.findNote(incident.id, note.id)).toBeUndefined();
      await incidents.save(incident, { notes: [note] });
      expect(await incidentEvents.findNote(incident.id, note.id)).toEqual(note);
      expect(await incidentEvents.findNote("inc_other", note.id)).toBeUndefined();
    });
  });

  describe("timers", () => {
    const timer = (incidentId: string, dueAt: number) =>
      ({ kind: "auto_resolve", incidentId, dueAt }) as const;

    test("are due from their instant on, earliest first", async () => {
      const timers = timerStore(await table());
      await timers.put(timer("inc_2", monday + 2));
      await timers.put(timer("inc_1", monday + 1));
      await timers.put(timer("inc_3", monday + 3));
      expect(await timers.due(monday)).toEqual([]);
      expect(await timers.due(monday + 2)).toEqual([timer("inc_1", monday + 1), timer("inc_2", monday + 2)]);
    });

    test("that are set again are due at the new time only, and removed ones never", async () => {
      const timers = timerStore(await table());
      await timers.put(timer("inc_1", monday));
      await timers.put(timer("inc_1", monday + 10));
      expect(await timers.due(monday + 9)).toEqual([]);
      await timers.remove(timer("inc_1", monday + 10));
      await timers.remove(timer("inc_1", monday + 10));
      expect(await timers.due(monday + 10)).toEqual([]);
    });

    test("that were set again are not removed by the earlier one's delivery", async () => {
      const timers = timerStore(await table());
      await timers.put(timer("inc_1", monday));
      await timers.put(timer("inc_1", monday + 10));
      await timers.remove(timer("inc_1", monday));
      expect(await timers.due(monday + 10)).toEqual([timer("inc_1", monday + 10)]);
    });

    test("of an incident are one of each kind, found as they were set", async () => {
      const timers = timerStore(await table());
      const escalation = {
        kind: "escalation",
        incidentId: "inc_1",
        dueAt: monday + 1,
        level: 2,
        pass: 3,
      } as const;
      await timers.put(timer("inc_1", monday));
      await timers.put({ ...escalation, level: 1 });
      await timers.put(escalation);
      expect(await timers.due(monday + 1)).toEqual([timer("inc_1", monday), escalation]);
      await timers.remove(timer("inc_1", monday));
      expect(await timers.due(monday + 1)).toEqual([escalation]);
    });
  });

  describe("statistics of a day", () => {
    test("are found as they were saved, services of every name included", async () => {
      const stats = statsStore(await table());
      const names = ["__proto__", "constructor", "🚨"];
      const tallied = tally(
        names.map((name) => ({
          status: "resolved",
          severity: "low",
          service: name,
          team: name,
          createdAt: monday,
          mttaSeconds: 0.5,
          mttrSeconds: 1e9,
        })),
      );
      const empty = { tally: tally([]), unresolved: [] };
      const hours = [empty, { tally: tallied, unresolved: ["inc_1"] }, empty];
      await stats.saveHours("2026-11-23", hours, undefined);
      const { stored } = await stats.find("2026-11-23");
      expect(stored?.hours).toEqual(hours);
      const found = stored?.hours[1]?.tally;
      for (const counts of [found?.byService, found?.byTeam, found?.answers.service, found?.answers.team]) {
        expect(Object.keys(counts ?? {})).toEqual(names);
      }
      expect(await stats.find("2026-11-24")).toEqual({});
    });

    test("are not replaced by a reader who read before they were discarded", async () => {
      const stats = statsStore(await table());
      const hours = [{ tally: tally([]), unresolved: ["inc_1"] }];
      await stats.saveHours("2026-11-23", hours, undefined);
      const { stored: read } = await stats.find("2026-11-23");
      await stats.discard(monday, monday + 5);
      await stats.saveHours("2026-11-23", hours, read);
      await stats.saveHours("2026-11-23", hours, undefined);
      const { stored: discarded } = await stats.find("2026-11-23");
      expect(discarded).toMatchObject({ hours: [], unsettledUntil: monday + 5 });
      await stats.saveHours("2026-11-23", hours, discarded);
      expect(await stats.find("2026-11-23")).toMatchObject({ stored: { hours, unsettledUntil: 0 } });
    });

    test("that an earlier release tallied with fewer fields are not found, so the day is tallied again", async () => {
      const target = await table();
      const { byStatus, bySeverity, byService, mttaSeconds, mttrSeconds } = tally([]);
      const text = JSON.stringify({ byStatus, bySeverity, byService, mttaSeconds, mttrSeconds });
      const day = { day: "2026-11-22", tally: text, entity: "stats", schemaVersion: 2 };
      await target.put({ item: { ...keys.statsOfDay(day.day), ...day } });
      const stats = statsStore(target);
      expect(await stats.find(day.day)).toEqual({});
      const item = statsEntity.toItem({ day: day.day, tally: tally([]) });
      await target.put({ item });
      expect(await stats.find(day.day)).toEqual({ tally: tally([]) });
    });
  });

  describe("statistics of a day that do not fit one item", () => {
    test("are not stored, and that is no failure", async () => {
      const stats = statsStore(await table());
      const services = Array.from({ length: 500 }, (_, index) => [`${index}${"🚨".repeat(250)}`, 1]);
      const byService = Object.fromEntries(services) as Record<string, number>;
      const bySeverity = { low: 500 };
      const hours = [{ tally: { ...tally([]), bySeverity, byService }, unresolved: [] }];
      await stats.saveHours("2026-11-23", hours, undefined);
      expect(await stats.find("2026-11-23")).toEqual({});
    });
  });

  describe("incidents of groups, and those that hide others", () => {
    const group = { key: "group#g", windowSeconds: 60, firing: ["key#1"] };

    test("alerts find a grouped incident by the group and by their own keys, for a day after they are over", async () => {
      const incidents = incidentStore(await table());
      const opened = await incidents.create(anIncident({ group }), group.key);
      const found = async (key: string) => (await incidents.findByCorrelationKey(key, clock.now))?.id;
      const regrouped = { joined: ["key#2"], left: ["key#1"] };
      await incidents.save({ ...opened, group: { ...group, firing: ["key#2"] } }, { regrouped });
      for (const key of ["key#1", "key#2", group.key]) expect(await found(key)).toBe(opened.id);
      clock.now += days(1) + seconds(1);
      expect(await found("key#1")).toBeUndefined();
      expect(await found("key#2")).toBe(opened.id);
    });

    test("one that is unresolved and as bad is found, however it was opened", async () => {
      const incidents = incidentStore(await table());
      const find = async () => (await incidents.findUnresolved("checkout", "high"))?.number;
      await incidents.create(anIncident({ number: 1, severity: "medium" }), null);
      await incidents.create(anIncident({ number: 2, service: "search" }), null);
      await incidents.create(anIncident({ number: 3, status: "resolved" }), "key#3");
      expect(await find()).toBeUndefined();
      await incidents.create(anIncident({ number: 4, lastAlertAt: null, status: "acknowledged" }), null);
      await incidents.create(anIncident({ number: 5, status: "resolved" }), "key#5");
      expect(await find()).toBe(4);
    });
  });
}
