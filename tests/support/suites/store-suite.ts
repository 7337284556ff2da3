/** Contract tests for stores, run on every table implementation. */

import { describe, expect, test } from "vitest";
import { channelNames } from "../../../shared/channels/registry.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { alertOutcomes, type RecordedAlert } from "../../../shared/domain/alerts/alert.ts";
import { correlationKey } from "../../../shared/domain/alerts/correlation.ts";
import { unknownListening } from "../../../shared/domain/alerts/listening.ts";
import { silenceEndedAt } from "../../../shared/domain/alerts/silence.ts";
import { addToSuppressed } from "../../../shared/domain/alerts/suppressed-alert.ts";
import { AlreadyExists, StaleVersion } from "../../../shared/domain/errors.ts";
import { type Incident, incidentStatuses } from "../../../shared/domain/incidents/incident.ts";
import type { IncidentEvent } from "../../../shared/domain/incidents/incident-event.ts";
import { tally } from "../../../shared/domain/incidents/stats.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { notificationStatuses } from "../../../shared/domain/notifications/notification.ts";
import { proofOf, sealed } from "../../../shared/domain/notifications/proof.ts";
import type { Schedule } from "../../../shared/domain/oncall/schedule.ts";
import { severities } from "../../../shared/domain/severity.ts";
import { apiKeyStore } from "../../../shared/storage/access/api-key-store.ts";
import { auditStore, keptAudit } from "../../../shared/storage/access/audit-store.ts";
import { userStore } from "../../../shared/storage/access/user-store.ts";
import { alertStore } from "../../../shared/storage/alerts/alert-store.ts";
import { heartbeatStore } from "../../../shared/storage/alerts/heartbeat-store.ts";
import { listeningStore } from "../../../shared/storage/alerts/listening-store.ts";
import { ruleStore } from "../../../shared/storage/alerts/rule-store.ts";
import { suppressedAlertStore } from "../../../shared/storage/alerts/suppressed-alert-store.ts";
import { auditedTable } from "../../../shared/storage/audited-table.ts";
import { checkpointStore } from "../../../shared/storage/checkpoint-store.ts";
import { historyReader } from "../../../shared/storage/history-reader.ts";
import { idempotencyStore } from "../../../shared/storage/idempotency-store.ts";
import { incidentEventStore } from "../../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../shared/storage/incidents/incident-store.ts";
import { statsStore } from "../../../shared/storage/incidents/stats-store.ts";
import { timerStore } from "../../../shared/storage/incidents/timer-store.ts";
import { keys } from "../../../shared/storage/keys.ts";
import { notificationStore } from "../../../shared/storage/notifications/notification-store.ts";
import { pageCounter } from "../../../shared/storage/notifications/page-counter.ts";
import {
  teamChannelStore,
  teamChannelsEntity,
} from "../../../shared/storage/notifications/team-channel-store.ts";
import { webhookStore } from "../../../shared/storage/notifications/webhook-store.ts";
import { scheduleStore } from "../../../shared/storage/oncall/schedule-store.ts";
import { auditedService, serviceStore } from "../../../shared/storage/oncall/service-store.ts";
import type { Item, Table } from "../../../shared/storage/table.ts";
import type { AlertFilter } from "../../../shared/use-cases/ports/alerts.ts";
import type { RepeatableRequest } from "../../../shared/use-cases/ports/idempotency.ts";
import type { Page, PageRequest } from "../../../shared/use-cases/ports/page.ts";
import {
  aHeartbeat,
  aNote,
  aNotification,
  anAlert,
  anApiKey,
  anEvent,
  anIncident,
  anOverride,
  aPolicy,
  aPulse,
  aRecordedAlert,
  aRule,
  aSchedule,
  aService,
  aSilence,
  aUser,
  aWebhook,
  countingUlids,
  days,
  minutes,
  monday,
  seconds,
} from "../builders.ts";
import { removeSchedule } from "../remove-schedule.ts";
import type { MakeTable } from "./table-suite.ts";

/** Reads all pages of a list, and counts them. */
async function readAll<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let after: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const page: Page<T> = await list({ limit, after });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === null) return { items, pages };
    after = page.next;
  }
}

const everything = { limit: limits.pageSize, after: null };
const idOf = ({ id }: { readonly id: string }): string => id;

export function storeSuite(make: MakeTable): void {
  let now = monday;
  const table = () => {
    now = monday;
    return make(() => now);
  };

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
      const [first, second] = history.map(idOf);
      expect(await alerts.recorded([first ?? "", "alt_none", second ?? "", first ?? ""])).toEqual(
        new Set([first, second]),
      );
      expect(await alerts.recorded([])).toEqual(new Set());
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
      expect(await incidents.findByCorrelationKey("key#a#b")).toEqual(incident);
    });

    test("are found by the longest correlation key that an alert may have, and by no other", async () => {
      const alert = { service: "🚨".repeat(limits.serviceLength), severity: "high" } as const;
      const keyOf = (last: string) =>
        correlationKey({ ...alert, dedupKey: "🔑".repeat(limits.dedupKeyLength - 1) + last });
      const { incidents, incident } = await created({}, keyOf("a"));
      expect(await incidents.findByCorrelationKey(keyOf("a"))).toEqual(incident);
      expect(await incidents.findByCorrelationKey(keyOf("b"))).toBeUndefined();
    });

    test("that do not exist are undefined", async () => {
      const incidents = await store();
      expect(await incidents.find("inc_none")).toBeUndefined();
      expect(await incidents.findByNumber(1)).toBeUndefined();
      expect(await incidents.findByCorrelationKey("none")).toBeUndefined();
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
      expect(await incidents.findByCorrelationKey("other")).toBeUndefined();
    });

    test("that alerts opened are found by service and severity too; manually created ones are not", async () => {
      const { incidents, incident } = await created({}, "key#checkout#a");
      expect(await incidents.findByCorrelationKey("severity#checkout#critical")).toEqual(incident);
      await incidents.create(anIncident({ number: 2, service: "search", lastAlertAt: null }), null);
      expect(await incidents.findByCorrelationKey("severity#search#critical")).toBeUndefined();
    });

    test("changed in severity are found under the new one", async () => {
      const { incidents, incident } = await created({ severity: "high" });
      const event = anEvent({ type: "severity_changed", from: "high", to: "critical" });
      const saved = await incidents.save({ ...incident, severity: "critical", pendingEvents: [event] });
      expect(await incidents.findByCorrelationKey("severity#checkout#critical")).toEqual(saved);
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
          incidents.save({ ...incident, title }, [aNote({ incidentId: incident.id, content: title })]),
        ),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const { title } = (await incidents.find(incident.id)) ?? { title: "" };
      const { notes } = await incidentEvents.history(incident.id);
      expect(notes.map(({ content }) => content)).toEqual([title]);
    });

    test("resolved a day ago are no longer found by their keys, so that keys don't pile up", async () => {
      const { incidents, incident } = await created({ countedAlerts: { "key#a": ["alt_1"] } }, "key#a");
      const resolution = anEvent({ type: "resolved" });
      await incidents.save({
        ...incident,
        status: "resolved",
        resolvedAt: monday,
        pendingEvents: [resolution],
      });
      for (const key of ["key#a", "severity#checkout#critical"]) {
        now = monday + days(1) - 1;
        expect(await incidents.findByCorrelationKey(key), key).toMatchObject({ id: incident.id });
        now = monday + days(1);
        expect(await incidents.findByCorrelationKey(key), key).toBeUndefined();
      }
      expect(await incidents.find(incident.id)).toMatchObject({ status: "resolved" });
    });

    test("resolved leave alone the keys that lead to another incident by now", async () => {
      const { incidents, incident } = await created({ countedAlerts: { "key#a": ["alt_1"] } }, "key#a");
      const next = await incidents.create(anIncident({ number: 2 }), "key#a");
      const pendingEvents = [anEvent({ type: "resolved" })];
      await incidents.save({ ...incident, status: "resolved", resolvedAt: monday, pendingEvents });
      now = monday + days(2);
      expect(await incidents.findByCorrelationKey("key#a")).toEqual(next);
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
      const found: number[] = [];
      for await (const { createdAt } of incidents.createdBetween(monday, monday + seconds(1))) {
        found.push(createdAt);
      }
      expect(found.toSorted((a, b) => a - b)).toEqual(moments.slice(1, 4));
    });

    test("created in a span are all there when they are more than a page", async () => {
      const incidents = await store();
      const many = Array.from({ length: 2 * limits.pageSize }, (_, index) =>
        anIncident({ number: index + 1, createdAt: monday + Math.floor(index / 3) }),
      );
      for (let start = 0; start < many.length; start += 50) {
        await Promise.all(many.slice(start, start + 50).map((each) => incidents.create(each, null)));
      }
      const found: string[] = [];
      for await (const { id } of incidents.createdBetween(monday, monday + days(1))) found.push(id);
      expect(found.toSorted()).toEqual(many.map(idOf).toSorted());
    });

    test("have a history of events and notes, each oldest first, each event once", async () => {
      const { incidents, incidentEvents, incident } = await created();
      const events = [1, 2, 3].map((at) => anEvent({ incidentId: incident.id, at: monday + at }));
      const notes = [1, 2].map((at) => aNote({ incidentId: incident.id, createdAt: monday + at }));
      await incidentEvents.appendEvents(events.toReversed());
      await incidentEvents.appendEvents(events.slice(0, 1));
      let saved = incident;
      for (const note of notes.toReversed()) saved = await incidents.save(saved, [note]);
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
      await incidents.save(saved, [], aPolicy({ repeat: 4 }));
      await expect(incidents.save(saved, [], aPolicy({ repeat: 5 }))).rejects.toThrow(StaleVersion);
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
      await incidents.save(incident, [note]);
      expect(await incidentEvents.findNote(incident.id, note.id)).toEqual(note);
      expect(await incidentEvents.findNote("inc_other", note.id)).toBeUndefined();
    });
  });

  describe("notifications", () => {
    const store = async () => notificationStore(await table());

    test("are created once", async () => {
      const notifications = await store();
      const notification = aNotification({ metadata: { "": 1e308, "a#b": true } });
      await notifications.create(notification);
      await expect(notifications.create({ ...notification, message: "again" })).rejects.toThrow(
        AlreadyExists,
      );
      expect(await notifications.find(notification.id)).toEqual(notification);
      expect(await notifications.find("ntf_none")).toBeUndefined();
    });

    test("are found as they were stored, with all that has happened to them", async () => {
      const notifications = await store();
      const method = { id: "phone", channel: "sms", address: "+4915112345678" } as const;
      const fresh = aNotification({
        kind: "bundle",
        address: "ada@home.example",
        dueAt: monday + minutes(5),
        claimedUntil: monday + 1,
        cancelledBy: "answer",
        mayBeBundled: true,
        fallbacks: [{ pageId: "ntf_2", method }],
        bundled: [{ pageId: "ntf_3", incidentId: "inc_02", incidentNumber: 2 }],
        bundledCount: 7,
        reason: "bundled",
      });
      const attempt = { at: monday, ok: false, outcome: "temporary", detail: "🚨 \u0000 busy" } as const;
      const notification = { ...fresh, attempts: [sealed(fresh, attempt, sha256)] };
      await notifications.create(notification);
      const found = await notifications.find(notification.id);
      expect(found).toEqual(notification);
      expect(proofOf(found ?? fresh, sha256)).toEqual(proofOf(notification, sha256));
    });

    test("of the version before are found, paged to their recipient at once, without a proof", async () => {
      const made = await table();
      const fields = {
        id: "ntf_old",
        incidentId: "inc_01",
        channel: "email",
        recipient: "ada@example.com",
        message: "#1 down",
        severity: "critical",
        status: "sent",
        createdAt: monday,
        sentAt: monday + 2,
        claimedUntil: null,
        version: 3,
      } as const;
      const attempts = [
        { at: monday + 1, ok: false, detail: "busy" },
        { at: monday + 2, ok: true, detail: "accepted" },
      ];
      await made.put({
        item: { ...fields, attempts, metadata: "{}", pk: "NOTIFICATION#ntf_old", sk: "NOTIFICATION" },
      });
      const notifications = notificationStore(made);
      const read = aNotification({
        ...fields,
        attempts: [
          { at: monday + 1, ok: false, outcome: "temporary", detail: "busy", hash: "" },
          { at: monday + 2, ok: true, outcome: "sent", detail: "accepted", hash: "" },
        ],
      });
      expect(await notifications.find("ntf_old")).toEqual(read);
      const saved = await notifications.save(read);
      expect(await notifications.find("ntf_old")).toEqual(saved);
    });

    test("about no incident are listed for their recipient, and for no incident", async () => {
      const notifications = await store();
      const handoff = aNotification({ kind: "handoff", incidentId: null });
      await notifications.create(handoff);
      expect(await notifications.find(handoff.id)).toEqual(handoff);
      const { recipient } = handoff;
      expect((await notifications.list({ recipient }, everything)).items).toEqual([handoff]);
      expect((await notifications.list({ incidentId: "null" }, everything)).items).toEqual([]);
    });

    test("may go to the longest recipient that the API takes, in any alphabet", async () => {
      const notifications = await store();
      const recipient = "🚨".repeat(limits.addressLength);
      const longest = aNotification({ channel: "console", recipient });
      await notifications.create(longest);
      await notifications.create(aNotification({ channel: "console", recipient: `${recipient}!` }));
      expect((await notifications.list({ recipient }, everything)).items).toEqual([longest]);
    });

    test("of changes at the same time one is stored", async () => {
      const notifications = await store();
      const notification = aNotification();
      await notifications.create(notification);
      const results = await Promise.allSettled(
        [1, 2, 3].map((claimedUntil) => notifications.save({ ...notification, claimedUntil })),
      );
      const stored = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(stored).toHaveLength(1);
      for (const failure of failures) expect(failure).toBeInstanceOf(StaleVersion);
      expect(await notifications.find(notification.id)).toEqual(stored[0]);
    });

    test.each([
      {},
      { incidentId: "inc_1" },
      { recipient: "bob@example.com" },
      { status: "sent" },
      { channel: "sms" },
      { incidentId: "inc_0", channel: "email", status: "queued" },
      { incidentId: "inc_0", recipient: "bob@example.com" },
      { recipient: "nobody@example.com" },
    ] as const)("that meet %o are listed newest first, each once, on every page", async (filter) => {
      const notifications = await store();
      const history = Array.from({ length: 30 }, (_, index) =>
        aNotification({
          createdAt: monday + index,
          incidentId: `inc_${index % 2}`,
          channel: channelNames[index % channelNames.length] ?? "email",
          status: notificationStatuses[index % 4] ?? "queued",
          recipient: index % 3 === 0 ? "bob@example.com" : "ada@example.com",
        }),
      );
      for (const notification of history) await notifications.create(notification);
      const expected = history
        .toReversed()
        .filter((notification) =>
          Object.entries(filter).every(
            ([name, value]) => notification[name as keyof typeof notification] === value,
          ),
        );
      for (const limit of [4, 200]) {
        const { items } = await readAll((page) => notifications.list(filter, page), limit);
        expect(items).toEqual(expected);
      }
    });
  });

  describe("what is kept for two days", () => {
    const lastMoment = monday + days(2) - 1;

    test("an alert is found, known and listed to their last moment, and then no more", async () => {
      const alerts = alertStore(await table(), 2);
      const [old, younger] = [monday, monday + days(1)].map((receivedAt) =>
        aRecordedAlert({ receivedAt, incidentId: "inc_1" }),
      ) as [RecordedAlert, RecordedAlert];
      await alerts.record([old, younger]);
      const listed = async () => {
        const lists = [{}, { incidentId: "inc_1" }, { service: old.service }].map((filter) =>
          readAll((page) => alerts.list(filter, page), 1),
        );
        return (await Promise.all(lists)).map(({ items }) => items);
      };
      now = lastMoment;
      expect(await alerts.find(old.id)).toEqual(old);
      expect(await alerts.recorded([old.id])).toEqual(new Set([old.id]));
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger, old]));
      now += 1;
      expect(await alerts.find(old.id)).toBeUndefined();
      expect(await alerts.recorded([old.id, younger.id])).toEqual(new Set([younger.id]));
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger]));
    });

    test("a notification is found and listed as long after it was made, whatever becomes of it", async () => {
      const notifications = notificationStore(await table(), 2);
      const [old, younger] = [
        aNotification({ incidentId: "inc_1" }),
        aNotification({ incidentId: "inc_1", createdAt: monday + days(1) }),
      ];
      for (const each of [old, younger]) await notifications.create(each);
      now = lastMoment;
      const saved = await notifications.save({ ...old, status: "sent", sentAt: now });
      const listed = async () => {
        const filters = [{}, { incidentId: "inc_1" }, { recipient: old.recipient }];
        const lists = filters.map((filter) => readAll((page) => notifications.list(filter, page), 1));
        return (await Promise.all(lists)).map(({ items }) => items);
      };
      expect(await notifications.find(old.id)).toEqual(saved);
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger, saved]));
      now += 1;
      expect(await notifications.find(old.id)).toBeUndefined();
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger]));
    });

    test("events leave a timeline and the list of escalations; their incident stays, with its notes", async () => {
      const made = await table();
      const [incidents, incidentEvents] = [incidentStore(made), incidentEventStore(made, 2)];
      const incident = await incidents.create(anIncident({ status: "resolved", resolvedAt: monday }), null);
      const escalation = { team: "payments", level: 2, pass: 1, recipients: [], nextAt: null };
      const [old, younger] = [monday, monday + days(1)].map((at) =>
        anEvent({
          incidentId: incident.id,
          at,
          type: "escalated",
          ...escalation,
          manual: true,
          reason: null,
        }),
      ) as [IncidentEvent, IncidentEvent];
      const note = aNote({ incidentId: incident.id });
      await incidentEvents.appendEvents([old, younger]);
      const saved = await incidents.save(incident, [note]);
      const escalations = async (filter: { incidentId?: string; team?: string }) =>
        (await readAll((page) => incidentEvents.listEscalations(filter, page), 1)).items;
      const filters = [{}, { incidentId: incident.id }, { team: "payments" }];
      now = lastMoment;
      expect(await incidentEvents.history(incident.id)).toEqual({ events: [old, younger], notes: [note] });
      for (const filter of filters) expect(await escalations(filter)).toEqual([younger, old]);
      now += 1;
      expect(await incidentEvents.history(incident.id)).toEqual({ events: [younger], notes: [note] });
      expect(await incidentEvents.findEvent(incident.id, old.id)).toBeUndefined();
      for (const filter of filters) expect(await escalations(filter)).toEqual([younger]);
      now = monday + days(10_000);
      expect(await incidents.find(incident.id)).toEqual(saved);
      expect((await incidents.list({}, everything)).items).toEqual([saved]);
    });

    test("is kept permanently by default", async () => {
      const made = await table();
      const alert = aRecordedAlert();
      await alertStore(made).record([alert]);
      now = monday + days(10_000);
      expect(await alertStore(made, 2).find(alert.id)).toEqual(alert);
    });
  });

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
        const next = { ...before, timezone: `Etc/GMT+${hour}`, inForceFrom, version: hour };
        await schedules.supersede({ ...before, inForceUntil: inForceFrom }, next);
        versions.push(next);
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
      const stale = schedules.supersede({ ...first, inForceUntil: monday }, { ...first, version: 1 });
      await expect(stale).rejects.toThrow(StaleVersion);
      expect((await schedules.load("payments", monday + days(1)))?.schedule).toEqual(versions[1]);
      expect((await schedules.load("payments", monday))?.history.schedules).toHaveLength(2);
    });

    test("removed are gone; policy and overrides of the team stay", async () => {
      const { schedules } = await changedHourly(0);
      await schedules.putPolicy("payments", aPolicy());
      await removeSchedule(schedules, "payments");
      expect(await schedules.exists("payments")).toBe(false);
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
      await schedules.supersede(
        { ...again, inForceUntil: at },
        { ...again, inForceFrom: at, version: again.version + 1 },
      );
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
      expect(await schedules.exists("payments")).toBe(true);
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

  describe("users", () => {
    test("are found by their email, replaced when stored again, and gone when removed", async () => {
      const users = userStore(await table());
      await users.put(aUser());
      const changed = aUser({
        name: "Ada 🚨",
        timezone: "Europe/Berlin",
        contactMethods: [{ id: "#1", channel: "slack", address: "https://hooks.slack.com/services/T/B/x" }],
        notificationRules: [
          { contactMethodId: "#1", delaySeconds: 0 },
          { contactMethodId: "#1", delaySeconds: limits.notificationDelaySeconds },
        ],
        updatedAt: monday + 1,
      });
      await expect(users.put(changed)).rejects.toThrow(StaleVersion);
      await users.put(changed, aUser());
      await expect(users.put(aUser(), aUser())).rejects.toThrow(StaleVersion);
      expect(await users.find(changed.email)).toEqual(changed);
      await expect(users.remove(aUser())).rejects.toThrow(StaleVersion);
      await users.remove(changed);
      expect(await users.find(changed.email)).toBeUndefined();
      expect((await users.list(everything)).items).toEqual([]);
    });

    test("of some emails, existing ones are found, however often they are given", async () => {
      const users = userStore(await table());
      const [ada, bob] = [aUser(), aUser({ email: "bob@example.com" })];
      for (const user of [ada, bob]) await users.put(user);
      expect(await users.findAll([bob.email, "cyd@example.com", ada.email, bob.email])).toEqual([bob, ada]);
      expect(await users.findAll([])).toEqual([]);
    });

    test("are listed last changed first, each once, on every page", async () => {
      const users = userStore(await table());
      const emails = ["a@example.com", "b@example.com", "c@example.com"];
      for (const [index, email] of emails.entries()) {
        await users.put(aUser({ email, updatedAt: monday + index }));
      }
      const known = aUser({ email: "a@example.com", updatedAt: monday });
      await users.put({ ...known, updatedAt: monday + 10 }, known);
      for (const limit of [1, 2, 200]) {
        const { items } = await readAll((page) => users.list(page), limit);
        expect(items.map(({ email }) => email)).toEqual(["a@example.com", "c@example.com", "b@example.com"]);
      }
    });

    test("may have as many ways and rules as the API takes, each of the greatest length", async () => {
      const users = userStore(await table());
      const ids = Array.from(
        { length: limits.contactMethods },
        (_, index) => "🚨".repeat(limits.idLength - 1) + String.fromCharCode(97 + index),
      );
      const longest = aUser({
        email: `${"a".repeat(limits.emailLength - 12)}@example.com`,
        name: "🚨".repeat(limits.personNameLength),
        contactMethods: ids.map((id) => ({
          id,
          channel: "console",
          address: "🚨".repeat(limits.addressLength),
        })),
        notificationRules: Array.from({ length: limits.notificationRules }, (_, delaySeconds) => ({
          contactMethodId: ids[0] ?? "",
          delaySeconds,
        })),
      });
      await users.put(longest);
      expect(await users.find(longest.email)).toEqual(longest);
    });
  });

  describe("channels of a team", () => {
    const channel = (id: string) =>
      ({ id, channel: "slack", address: `#${id}`, events: ["triggered", "resolved"] }) as const;

    test("are found in their order, put again replaced, and none until then", async () => {
      const teamChannels = teamChannelStore(await table());
      expect(await teamChannels.find("payments")).toEqual([]);
      await teamChannels.put("payments", [channel("a")]);
      await teamChannels.put("payments", [channel("c"), channel("b")], 1);
      await expect(teamChannels.put("payments", [channel("a")], 1)).rejects.toThrow(StaleVersion);
      await expect(teamChannels.put("payments", [channel("a")])).rejects.toThrow(StaleVersion);
      expect(await teamChannels.find("payments")).toEqual([channel("c"), channel("b")]);
      expect(await teamChannels.find("search")).toEqual([]);
      await teamChannels.put("payments", [], 2);
      expect(await teamChannels.find("payments")).toEqual([]);
    });

    test("do not affect who is on call, and do not create a team", async () => {
      const made = await table();
      const schedules = scheduleStore(made);
      await teamChannelStore(made).put("payments", [channel("a")]);
      expect(await schedules.load("payments", monday)).toBeUndefined();
      const schedule = aSchedule();
      await schedules.create(schedule);
      expect(await schedules.load("payments", monday)).toMatchObject({ schedule, policy: null });
    });

    test("that were stored before they had versions are replaced once", async () => {
      const made = await table();
      const { version, ...item } = teamChannelsEntity.toItem({
        team: "payments",
        channels: [channel("a")],
        version: 1,
      });
      await made.put({ item: item as Item });
      const teamChannels = teamChannelStore(made);
      expect(await teamChannels.load("payments")).toMatchObject({ channels: [channel("a")], version: 0 });
      await teamChannels.put("payments", [channel("b")], 0);
      await expect(teamChannels.put("payments", [channel("c")], 0)).rejects.toThrow(StaleVersion);
    });

    test("may be of a team with the longest name that the API takes, in any alphabet", async () => {
      const teamChannels = teamChannelStore(await table());
      const team = "🚨".repeat(limits.teamLength);
      await teamChannels.put(team, [channel("a")]);
      expect(await teamChannels.find(team)).toEqual([channel("a")]);
    });
  });

  describe("messages to webhooks", () => {
    test("are in the list of their recipient, and not in that of their incident", async () => {
      const notifications = notificationStore(await table());
      const page = aNotification({ incidentId: "inc_01" });
      const webhook = { webhookId: "whk_1", team: "payments", messageId: "ntf_1", event: anEvent() };
      const told = aNotification({ incidentId: "inc_01", recipient: "webhook:whk_1", webhook });
      for (const each of [page, told]) await notifications.create(each);
      expect(await notifications.find(told.id)).toEqual(told);
      expect((await notifications.list({ recipient: "webhook:whk_1" }, everything)).items).toEqual([told]);
      expect((await notifications.list({ incidentId: "inc_01" }, everything)).items).toEqual([page]);
      expect((await notifications.list({}, everything)).items).toHaveLength(2);
    });
  });

  describe("webhooks", () => {
    test("are found by team and id, and listed newest first for each team alone", async () => {
      const store = webhookStore(await table());
      const team = "🚨".repeat(limits.teamLength);
      const webhooks = ["first", "second", "third"].map((description) => aWebhook({ team, description }));
      for (const webhook of webhooks) await store.create(webhook);
      const other = aWebhook({ team: "search" });
      await store.create(other);
      const [first] = webhooks;
      expect(await store.find(team, first?.id ?? "")).toEqual(first);
      expect(await store.find("search", first?.id ?? "")).toBeUndefined();
      expect(await store.find(team, "x".repeat(limits.idLength))).toBeUndefined();
      expect((await readAll((page) => store.list(team, page), 2)).items).toEqual(webhooks.toReversed());
      expect((await store.list("search", everything)).items).toEqual([other]);
    });

    test("that others changed since they were read stay as they are", async () => {
      const store = webhookStore(await table());
      const webhook = aWebhook();
      await store.create(webhook);
      const changed = await store.replace({ ...webhook, enabled: false });
      expect(changed).toEqual({ ...webhook, enabled: false, version: webhook.version + 1 });
      await expect(store.replace({ ...webhook, url: "https://late.example.com/" })).rejects.toThrow(
        StaleVersion,
      );
      expect(await store.find(webhook.team, webhook.id)).toEqual(changed);
    });

    test("that were removed are gone, also for updates", async () => {
      const store = webhookStore(await table());
      const webhook = aWebhook();
      await store.create(webhook);
      await expect(store.remove({ ...webhook, version: webhook.version + 1 })).rejects.toThrow(StaleVersion);
      await store.remove(webhook);
      await expect(store.replace({ ...webhook, enabled: false })).rejects.toThrow(StaleVersion);
      expect(await store.find(webhook.team, webhook.id)).toBeUndefined();
      expect((await store.list(webhook.team, everything)).items).toEqual([]);
    });

    test("do not affect who is on call, and do not create a team", async () => {
      const made = await table();
      const schedules = scheduleStore(made);
      await webhookStore(made).create(aWebhook({ team: "payments" }));
      expect(await schedules.load("payments", monday)).toBeUndefined();
      await schedules.create(aSchedule());
      expect(await schedules.load("payments", 0)).toMatchObject({ schedule: { team: "payments" } });
    });
  });

  describe("pages of a person", () => {
    test("are counted from 1 for each person, service and window", async () => {
      const counter = pageCounter(await table());
      const count = (recipient: string, service: string, since = monday) =>
        counter.count(recipient, service, since);
      expect(await count("ada@example.com", "checkout")).toBe(1);
      expect(await count("ada@example.com", "checkout")).toBe(2);
      expect(await count("bob@example.com", "checkout")).toBe(1);
      expect(await count("ada@example.com", "search")).toBe(1);
      expect(await count("ada@example.com", "checkout", monday + minutes(15))).toBe(1);
      expect(await count("ada@example.com", "checkout")).toBe(3);
    });

    test("counted at the same time have each a number of their own", async () => {
      const counter = pageCounter(await table());
      const counts = await Promise.all(
        Array.from({ length: 10 }, () => counter.count("ada@example.com", "checkout", monday)),
      );
      expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    test("of services whose names end and start alike are distinguished, at any length", async () => {
      const counter = pageCounter(await table());
      const long = "🚨".repeat(limits.serviceLength);
      const pairs = [
        ["a", "b#c"],
        ["a#b", "c"],
        ["a", long],
        ["a", `${long.slice(2)}!`],
      ] as const;
      for (const [recipient, service] of pairs) {
        expect(await counter.count(recipient, service, monday)).toBe(1);
      }
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
      await stats.saveDay("2026-11-23", tallied);
      const found = await stats.findDay("2026-11-23");
      expect(found).toEqual(tallied);
      for (const counts of [found?.byService, found?.byTeam, found?.answers.service, found?.answers.team]) {
        expect(Object.keys(counts ?? {})).toEqual(names);
      }
      expect(await stats.findDay("2026-11-24")).toBeUndefined();
    });

    test("that an earlier release tallied with fewer fields are not found, so the day is tallied again", async () => {
      const target = await table();
      const { byStatus, bySeverity, byService, mttaSeconds, mttrSeconds } = tally([]);
      const text = JSON.stringify({ byStatus, bySeverity, byService, mttaSeconds, mttrSeconds });
      const day = { day: "2026-11-22", tally: text, entity: "stats", schemaVersion: 2 };
      await target.put({ item: { ...keys.statsOfDay(day.day), ...day } });
      const stats = statsStore(target);
      expect(await stats.findDay(day.day)).toBeUndefined();
      await stats.saveDay(day.day, tally([]));
      expect(await stats.findDay(day.day)).toEqual(tally([]));
    });
  });

  describe("statistics of a day that do not fit one item", () => {
    test("are not stored, and that is no failure", async () => {
      const stats = statsStore(await table());
      const services = Array.from({ length: 500 }, (_, index) => [`${index}${"🚨".repeat(250)}`, 1]);
      const byService = Object.fromEntries(services) as Record<string, number>;
      await stats.saveDay("2026-11-23", { ...tally([]), byService });
      expect(await stats.findDay("2026-11-23")).toBeUndefined();
    });
  });

  describe("API keys", () => {
    test("are found by id and by digest, and listed newest first", async () => {
      const store = apiKeyStore(await table());
      const [first, second] = [anApiKey({ name: "first" }), anApiKey({ validUntil: monday + days(1) })];
      for (const key of [first, second]) await store.create(key);
      expect(await store.find(first.id)).toEqual(first);
      expect(await store.findByDigest(second.keyDigest)).toEqual(second);
      expect(await store.find("key_none")).toBeUndefined();
      expect(await store.findByDigest("none")).toBeUndefined();
      expect((await readAll(store.list, 1)).items).toEqual([second, first]);
    });

    test("that get another digest are not found by the old one", async () => {
      const store = apiKeyStore(await table());
      const key = anApiKey();
      await store.create(key);
      const changed = await store.replace(key, { ...key, keyDigest: sha256("another"), rotatedAt: monday });
      expect(changed.version).toBe(key.version + 1);
      expect(await store.findByDigest(key.keyDigest)).toBeUndefined();
      expect(await store.findByDigest(changed.keyDigest)).toEqual(changed);
      expect(await store.find(key.id)).toEqual(changed);
    });

    test("that others changed since they were read stay as they are", async () => {
      const store = apiKeyStore(await table());
      const key = anApiKey();
      await store.create(key);
      const revoked = await store.replace(key, { ...key, revokedAt: monday });
      const late = store.replace(key, { ...key, keyDigest: sha256("late") });
      await expect(late).rejects.toThrow(StaleVersion);
      expect(await store.findByDigest(key.keyDigest)).toEqual(revoked);
      expect(await store.findByDigest(sha256("late"))).toBeUndefined();
    });

    test("were used last when that was noted last, which is not done twice within a span", async () => {
      const store = apiKeyStore(await table());
      await store.recordUse("key_1", monday, monday - minutes(60));
      await store.recordUse("key_1", monday + 1, monday - minutes(60));
      await store.recordUse("key_2", monday + 2, monday);
      expect(await store.lastUses(["key_1", "key_none", "key_2"])).toEqual(
        new Map([
          ["key_1", monday],
          ["key_2", monday + 2],
        ]),
      );
      await store.recordUse("key_1", monday + 3, monday);
      expect((await store.lastUses(["key_1"])).get("key_1")).toBe(monday + 3);
    });
  });

  describe("the audit log", () => {
    test("is written with the change, on this table too", async () => {
      const made = await table();
      const currentActor = () => ({ actor: "ops", method: "PUT", path: "/x", requestId: "r" });
      const journal = { entity: keptAudit(1), clock: () => monday, ulid: countingUlids(), currentActor };
      const services = serviceStore(auditedTable(made, [auditedService], journal));
      const service = aService();
      await services.put(service);
      await services.put({ ...service, team: "search" }, service);
      const { list } = auditStore(made);
      const filters = [{}, { actor: "ops" }, { resource: { kind: "service", id: "checkout" } as const }];
      for (const filter of filters) {
        const { items, pages } = await readAll((page) => list(filter, page), 1);
        expect(items.map(({ before, after }) => [before?.team, after?.team])).toEqual([
          ["payments", "search"],
          [undefined, "payments"],
        ]);
        expect(pages).toBe(2);
      }
    });
  });

  describe("repeatable requests", () => {
    const request: RepeatableRequest = { bodyDigest: "d", seed: "s", startedAt: monday, reply: null };
    const reply = { status: 201, body: "{}", location: null };

    test("start once: later ones get the first result", async () => {
      const store = idempotencyStore(await table());
      expect(await store.begin("key", request)).toEqual(request);
      expect(await store.begin("key", { ...request, seed: "other" })).toMatchObject(request);
      expect(await store.begin("other key", { ...request, seed: "other" })).toMatchObject({ seed: "other" });
    });

    test("that begin at the same time agree on one seed", async () => {
      const store = idempotencyStore(await table());
      const begun = await Promise.all(
        ["a", "b", "c", "d"].map((seed) => store.begin("key", { ...request, seed })),
      );
      expect(new Set(begun.map(({ seed }) => seed)).size).toBe(1);
    });

    test("keep their response for 24 hours, and may start again after that", async () => {
      const store = idempotencyStore(await table());
      await store.begin("key", request);
      await store.finish("key", { ...request, reply });
      now = monday + seconds(limits.idempotencySeconds) - 1;
      expect(await store.begin("key", request)).toMatchObject({ reply });
      now = monday + seconds(limits.idempotencySeconds);
      const anew = { ...request, seed: "new", startedAt: now };
      expect(await store.begin("key", anew)).toMatchObject(anew);
      expect(await store.begin("key", request)).toMatchObject(anew);
    });
  });

  describe("checkpoints", () => {
    test("are the last recorded ones, separate per source, complete at any length", async () => {
      const store = checkpointStore(await table());
      expect(await store.load("incidents")).toBeUndefined();
      for (const text of ["short", "long ".repeat(200_000), "short again", ""]) {
        await store.save("incidents", text);
        expect(await store.load("incidents")).toBe(text);
      }
      expect(await store.load("notifications")).toBeUndefined();
    });
  });

  describe("the history", () => {
    test("is read from an instant on, oldest first, with the time of each entry", async () => {
      const made = await table();
      const [notifications, incidents] = [notificationStore(made), incidentStore(made)];
      const incidentEvents = incidentEventStore(made);
      const times = [monday + seconds(2), monday, monday + seconds(1), monday - 1];
      for (const createdAt of times) {
        await notifications.create(aNotification({ createdAt }));
        await incidents.create(anIncident({ createdAt, number: createdAt }), null);
        await incidentEvents.appendEvents([
          anEvent({
            at: createdAt,
            type: "escalated",
            team: "payments",
            manual: false,
            reason: null,
            level: 2,
            pass: 1,
            recipients: [],
            nextAt: null,
          }),
        ]);
      }
      const history = historyReader(made);
      for (const since of ["incidentsSince", "notificationsSince", "escalationsSince"] as const) {
        const entries = await Array.fromAsync(history[since](monday));
        expect(entries.map(({ at }) => at)).toEqual([monday, monday + seconds(1), monday + seconds(2)]);
        expect(await Array.fromAsync(history[since](monday + seconds(3)))).toEqual([]);
      }
      const entries = await Array.fromAsync(history.notificationsSince(monday));
      const read = await history.notifications(entries.map(({ id }) => id));
      expect(read.map(({ createdAt }) => createdAt)).toEqual(entries.map(({ at }) => at));
      const escalations = await history.events(await Array.fromAsync(history.escalationsSince(monday)));
      expect(escalations.map(({ at }) => at)).toEqual(entries.map(({ at }) => at));
    });

    test("knows what is in a status, and how severe an incident was when it opened", async () => {
      const made = await table();
      const [incidents, incidentEvents] = [incidentStore(made), incidentEventStore(made)];
      const opened = anEvent({ type: "opened", severity: "low", source: "api" });
      const young = anIncident({ number: 1, severity: "high", pendingEvents: [opened] });
      const old = anIncident({ number: 2, severity: "critical", status: "acknowledged" });
      for (const incident of [young, old]) await incidents.create(incident, null);
      const history = historyReader(made);
      expect(await Array.fromAsync(history.incidentsIn("open"))).toEqual([young.id]);
      expect(await Array.fromAsync(history.incidentsIn("acknowledged"))).toEqual([old.id]);
      expect(await history.incidents([old.id, "inc_nothing", young.id])).toEqual([old, young]);

      expect(await history.severityAtOpening(young)).toBe("low");
      expect(await history.severityAtOpening(old)).toBe("critical");
      await incidentEvents.appendEvents([
        anEvent({ incidentId: old.id, type: "acknowledged" }),
        anEvent({ incidentId: old.id, type: "opened", severity: "medium", source: "api" }),
      ]);
      expect(await history.severityAtOpening(old)).toBe("medium");
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
      await rules.putRouting({ current: routing(1), superseded: null });
      const second = { current: routing(2), superseded: routing(1) };
      await rules.putRouting(second);
      expect(await rules.findRouting()).toEqual(second);
      expect((await rules.load(monday)).routing).toEqual(second);
    });

    test("of two that put the same version, one is too late", async () => {
      const rules = await rulesOf();
      for (const version of [1, 2]) {
        const put = () => rules.putRouting({ current: routing(version), superseded: null });
        await put();
        await expect(put()).rejects.toThrow(StaleVersion);
      }
    });

    test("silences are loaded until an hour after their end, beside the rules", async () => {
      const rules = await rulesOf();
      const silences = [-60, -59, 1, 9_999].map((minute) => aSilence({ endsAt: monday + minutes(minute) }));
      for (const silence of silences) await rules.createSilence(silence);
      await rules.putRouting({ current: routing(1), superseded: null });
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
      const ended = await rules.endSilence(silence, silenceEndedAt(silence, monday + 1));
      expect(await rules.findSilence(silence.id)).toEqual(ended);
      expect((await rules.load(monday - days(1))).silences).toEqual([ended]);
      const again = rules.endSilence(silence, silenceEndedAt(silence, monday + 2));
      await expect(again).rejects.toThrow(StaleVersion);
      expect(await rules.findSilence("sil_none")).toBeUndefined();
    });

    test("that a silence was ended before its time is known until it is forgotten", async () => {
      const rules = await rulesOf();
      const silences = [2, 1].map((minute) => aSilence({ createdAt: monday - minutes(minute) }));
      for (const [index, silence] of silences.entries()) {
        await rules.createSilence(silence);
        await rules.endSilence(silence, silenceEndedAt(silence, monday + index));
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
      now = silence.endsAt + limits.silenceKeptSeconds * 1_000 - 1;
      expect(await rules.findSilence(silence.id)).toEqual(silence);
      now += 1;
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
    const store = listeningStore(await table());
    expect(await store.load()).toEqual(unknownListening);
    const noted = { ...unknownListening, sweptAt: monday, gaps: [{ from: 0, to: monday }] };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => store.save(noted)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await store.load()).toEqual({ ...noted, version: 1 });
    await expect(store.save(noted)).rejects.toThrow(StaleVersion);
    await store.save({ ...noted, version: 1, sweptAt: monday + 1 });
    expect((await store.load()).sweptAt).toBe(monday + 1);
  });

  describe("incidents of groups, and those that hide others", () => {
    const group = { key: "group#g", windowSeconds: 60, firing: ["key#1"] };

    test("alerts find a grouped incident by the group and by their own keys, for a day after they are over", async () => {
      const incidents = incidentStore(await table());
      const opened = await incidents.create(anIncident({ group }), group.key);
      const found = async (key: string) => (await incidents.findByCorrelationKey(key))?.id;
      const regrouped = { joined: ["key#2"], left: ["key#1"] };
      await incidents.save({ ...opened, group: { ...group, firing: ["key#2"] } }, [], undefined, regrouped);
      for (const key of ["key#1", "key#2", group.key]) expect(await found(key)).toBe(opened.id);
      now += days(1) + seconds(1);
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
