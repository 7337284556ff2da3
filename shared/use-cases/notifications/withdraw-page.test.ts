import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, minutes } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { IncidentAction } from "../../domain/incidents/incident-action.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { respondToIncident } from "../incidents/respond-to-incident.ts";
import { withdrawPage } from "./withdraw-page.ts";

/** An incident about which Ada was paged over a channel, and what was taken back. */
async function pagedSystem(channel = "push") {
  const withdrawn: OutgoingMessage[] = [];
  const system = testSystem({
    channel: {
      deliver: async () => ({ detail: "accepted" }),
      withdraw: async (message) => void withdrawn.push(message),
    },
  });
  const method = { id: channel, channel, address: ada.email };
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: [method] }));
  await system.receive(aDraft());
  await system.pump();
  const [page] = system.pages;
  if (page?.incidentId == null) throw new Error("no page");
  const { incidentId } = page;
  return {
    system,
    page,
    incidentId,
    withdrawn,
    async respond(action: IncidentAction) {
      system.advance(minutes(1));
      await respondToIncident(system.deps, incidentId, action, "Grace", system.now());
      await system.pump();
    },
  };
}

describe("a page by push", () => {
  test("is withdrawn when the incident is acknowledged, and not again when it is resolved", async () => {
    const { system, page, respond, withdrawn } = await pagedSystem();
    expect(withdrawn).toEqual([]);
    await respond("acknowledge");
    expect(withdrawn).toMatchObject([
      { notification: { id: page.id }, incident: { status: "acknowledged" }, at: system.now() },
    ]);
    await respond("resolve");
    expect(withdrawn).toHaveLength(1);
  });

  test("is withdrawn when the incident is resolved immediately", async () => {
    const { respond, withdrawn } = await pagedSystem();
    await respond("resolve");
    expect(withdrawn).toMatchObject([{ incident: { status: "resolved" } }]);
  });

  test("stays while the incident is open, whatever the queue says", async () => {
    const { system, page, withdrawn } = await pagedSystem();
    await withdrawPage(system.deps, page.id, system.now());
    await withdrawPage(system.deps, "ntf_none", system.now());
    expect(withdrawn).toEqual([]);
  });
});

test("a page over a channel that can't withdraw it stays", async () => {
  const { respond, withdrawn } = await pagedSystem("console");
  await respond("acknowledge");
  expect(withdrawn).toEqual([]);
});

test("a message in Telegram shows each new state, until the incident is open again", async () => {
  const { respond, withdrawn } = await pagedSystem("telegram");
  await respond("acknowledge");
  await respond("resolve");
  expect(withdrawn.map(({ incident }) => incident?.status)).toEqual(["acknowledged", "resolved"]);
});
