import { expect, test } from "vitest";
import { aDraft, aSchedule } from "../../../tests/support/builders.ts";
import { incidentOf } from "../../../tests/support/memory/escalation.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { changeIncident } from "./change-incident.ts";
import { onIncidentEvents } from "./on-incident-event.ts";

test("a page that was decided but never queued is cancelled once someone acknowledges", async () => {
  const system = testSystem();
  await system.deps.schedules.create(aSchedule({ team: "checkout" }));
  await system.receive(aDraft());
  await system.deliverOne("alerts");
  // The queue is away at the worst moment: the page is on record, its message is not sent.
  const away = { ...system.deps, notificationQueue: { send: () => Promise.reject(new Error("away")) } };
  const incident = await incidentOf(system);
  const { events } = await system.seen.incidentEvents.history(incident.id);
  const paging = events.find(({ type }) => type === "paging");
  if (!paging) throw new Error("no one is paged");
  await expect(onIncidentEvents(away, [paging], system.now())).rejects.toThrow("away");
  const acknowledge = {
    commands: [{ type: "move", to: "acknowledged", actor: "ada" } as const],
    note: null,
    actor: "ada",
  };
  await changeIncident(system.deps, incident.id, acknowledge, system.now());

  await onIncidentEvents(system.deps, [paging], system.now());
  await system.pump();
  expect(system.pages).toEqual([]);
  const pages = await system.seen.notifications.list({ incidentId: incident.id }, { limit: 10, after: null });
  expect(pages.items).toMatchObject([{ status: "suppressed", attempts: [] }]);
});
