/** Stores that all areas use, and the retention of entities. */

import { describe, expect, test } from "vitest";
import type { RecordedAlert } from "../../../../shared/domain/alerts/alert.ts";
import type { IncidentEvent } from "../../../../shared/domain/incidents/incident-event.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import { alertStore } from "../../../../shared/storage/alerts/alert-store.ts";
import { checkpointStore } from "../../../../shared/storage/checkpoint-store.ts";
import { historyReader } from "../../../../shared/storage/history-reader.ts";
import { idempotencyStore } from "../../../../shared/storage/idempotency-store.ts";
import { incidentEventStore } from "../../../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../../shared/storage/incidents/incident-store.ts";
import { notificationStore } from "../../../../shared/storage/notifications/notification-store.ts";
import type { RepeatableRequest } from "../../../../shared/use-cases/ports/idempotency.ts";
import {
  aNote,
  aNotification,
  anEvent,
  anIncident,
  aRecordedAlert,
  days,
  monday,
  seconds,
} from "../../builders.ts";
import { everything, readAll, type StoreSetting } from "./setting.ts";

export function sharedStoreSuite({ table, clock }: StoreSetting): void {
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
      clock.now = lastMoment;
      expect(await alerts.find(old.id)).toEqual(old);
      expect([...(await alerts.recorded([old.id])).keys()]).toEqual([old.id]);
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger, old]));
      clock.now += 1;
      expect(await alerts.find(old.id)).toBeUndefined();
      expect([...(await alerts.recorded([old.id, younger.id])).keys()]).toEqual([younger.id]);
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger]));
    });

    test("a notification is found and listed as long after it was made, whatever becomes of it", async () => {
      const notifications = notificationStore(await table(), 2);
      const [old, younger] = [
        aNotification({ incidentId: "inc_1" }),
        aNotification({ incidentId: "inc_1", createdAt: monday + days(1) }),
      ];
      for (const each of [old, younger]) await notifications.create(each);
      clock.now = lastMoment;
      const saved = await notifications.save({ ...old, status: "sent", sentAt: clock.now });
      const listed = async () => {
        const filters = [{}, { incidentId: "inc_1" }, { recipient: old.recipient }];
        const lists = filters.map((filter) => readAll((page) => notifications.list(filter, page), 1));
        return (await Promise.all(lists)).map(({ items }) => items);
      };
      expect(await notifications.find(old.id)).toEqual(saved);
      expect(await listed()).toEqual(Array.from({ length: 3 }, () => [younger, saved]));
      clock.now += 1;
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
      const saved = await incidents.save(incident, { notes: [note] });
      const escalations = async (filter: { incidentId?: string; team?: string }) =>
        (await readAll((page) => incidentEvents.listEscalations(filter, page), 1)).items;
      const filters = [{}, { incidentId: incident.id }, { team: "payments" }];
      clock.now = lastMoment;
      expect(await incidentEvents.history(incident.id)).toEqual({ events: [old, younger], notes: [note] });
      for (const filter of filters) expect(await escalations(filter)).toEqual([younger, old]);
      clock.now += 1;
      expect(await incidentEvents.history(incident.id)).toEqual({ events: [younger], notes: [note] });
      expect(await incidentEvents.findEvent(incident.id, old.id)).toBeUndefined();
      for (const filter of filters) expect(await escalations(filter)).toEqual([younger]);
      clock.now = monday + days(10_000);
      expect(await incidents.find(incident.id)).toEqual(saved);
      expect((await incidents.list({}, everything)).items).toEqual([saved]);
    });

    test("is kept permanently by default", async () => {
      const made = await table();
      const alert = aRecordedAlert();
      await alertStore(made).record([alert]);
      clock.now = monday + days(10_000);
      expect(await alertStore(made, 2).find(alert.id)).toEqual(alert);
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
      clock.now = monday + seconds(limits.idempotencySeconds) - 1;
      expect(await store.begin("key", request)).toMatchObject({ reply });
      clock.now = monday + seconds(limits.idempotencySeconds);
      const anew = { ...request, seed: "new", startedAt: clock.now };
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
}
