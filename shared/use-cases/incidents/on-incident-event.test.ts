import { expect, test } from "vitest";
import { aDraft, aSchedule } from "../../../tests/support/builders.ts";
import { testWorld } from "../../../tests/support/world.ts";
import { changeIncident } from "./change-incident.ts";
import { onIncidentEvent } from "./on-incident-event.ts";

test("a page that was decided but never queued is taken back once somebody has answered", async () => {
  const world = testWorld();
  await world.deps.schedules.create(aSchedule({ team: "checkout" }));
  await world.receive(aDraft());
  await world.deliverOne("alerts");
  // The queue is away at the worst moment: the page is on record, its message is not sent.
  const away = { ...world.deps, notificationQueue: { send: () => Promise.reject(new Error("away")) } };
  const [incident] = (await world.seen.incidents.list({}, { limit: 1, after: null })).items;
  if (!incident) throw new Error("no incident");
  const { events } = await world.seen.incidents.history(incident.id);
  const paging = events.find(({ type }) => type === "paging");
  if (!paging) throw new Error("nobody is paged");
  await expect(onIncidentEvent(away, paging, world.now())).rejects.toThrow("away");
  const acknowledge = {
    commands: [{ type: "move", to: "acknowledged", actor: "ada" } as const],
    note: null,
    actor: "ada",
  };
  await changeIncident(world.deps, incident.id, acknowledge, world.now());

  await onIncidentEvent(world.deps, paging, world.now());
  await world.pump();
  expect(world.pages).toEqual([]);
  const pages = await world.seen.notifications.list({ incidentId: incident.id }, { limit: 10, after: null });
  expect(pages.items).toMatchObject([{ status: "suppressed", attempts: [] }]);
});
