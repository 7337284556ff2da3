import { describe, expect, test } from "vitest";
import { anIncident, aSchedule, aUser, minutes } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { NotFound, StaleVersion, Unavailable } from "../../domain/errors.ts";
import type { ChatAction, IncidentAction } from "../../domain/incidents/incident-action.ts";
import type { SnoozeChoice } from "../../domain/incidents/snooze/snooze-choice.ts";
import { limits } from "../../domain/limits.ts";
import { handleSlackAction } from "../notifications/chat/handle-slack-action.ts";
import type { ChatReply } from "../ports/notifications.ts";
import { changeIncident } from "./change-incident.ts";
import { respondToIncident } from "./respond-to-incident.ts";

/** A system with an open incident that people respond to, each a minute after the one before. */
async function incidentSystem() {
  const system = testSystem();
  const { id } = await system.deps.incidents.create(anIncident({ number: 7, title: "down" }), null);
  const replies: (ChatReply & { to: string })[] = [];
  const reply = async (to: string, said: ChatReply) => void replies.push({ to, ...said });
  return {
    system,
    id,
    replies,
    async respond(action: IncidentAction, actor: string) {
      system.advance(minutes(1));
      const { outcome, incident } = await respondToIncident(system.deps, id, action, actor, system.now());
      return [outcome, incident.status, incident.acknowledgedBy, incident.resolvedBy];
    },
    async pressButton(
      action: ChatAction | SnoozeChoice,
      actor: string,
      incidentId = id,
      responseUrl: string | null = "url",
    ) {
      system.advance(minutes(1));
      const pressed = { action, incidentId, actor, responseUrl };
      await handleSlackAction({ ...system.deps, reply }, pressed, system.now());
      return replies.at(-1);
    },
  };
}

describe("a response", () => {
  test("that repeats, from anyone, changes nothing and reports it", async () => {
    const { respond } = await incidentSystem();
    expect(await respond("acknowledge", "ada")).toEqual(["done", "acknowledged", "ada", null]);
    expect(await respond("acknowledge", "ada")).toEqual(["already", "acknowledged", "ada", null]);
    expect(await respond("acknowledge", "bob")).toEqual(["already", "acknowledged", "ada", null]);
    expect(await respond("resolve", "bob")).toEqual(["done", "resolved", "ada", "bob"]);
    expect(await respond("resolve", "ada")).toEqual(["already", "resolved", "ada", "bob"]);
  });

  test("that comes when it is resolved is too late to acknowledge it", async () => {
    const { respond } = await incidentSystem();
    await respond("resolve", "bob");
    expect(await respond("acknowledge", "ada")).toEqual(["too_late", "resolved", "bob", "bob"]);
  });

  test("to an unknown incident, or one in the wrong status, is an error", async () => {
    const { system, id } = await incidentSystem();
    const ask = (incidents = system.deps.incidents, incidentId = id) =>
      respondToIncident({ ...system.deps, incidents }, incidentId, "acknowledge", "ada", system.now());
    await expect(ask(undefined, "inc_none")).rejects.toThrow(NotFound);
    const contested = { ...system.deps.incidents, save: () => Promise.reject(new StaleVersion("changed")) };
    await expect(ask(contested)).rejects.toThrow(Unavailable);
  });
});

describe("an acknowledgement", () => {
  const assigned = async (actor: string, actions: readonly IncidentAction[] = ["acknowledge"]) => {
    const { system, id, respond } = await incidentSystem();
    const { team } = anIncident();
    await system.deps.schedules.create(
      aSchedule({ team }, { members: [{ name: "Ada L.", email: "ada@example.com", role: "primary" }] }),
    );
    await system.deps.users.put(aUser({ email: "bob@example.com", name: "Bob" }));
    for (const each of actions) await respond(each, actor);
    return (await system.seen.incidents.find(id))?.assignedTo ?? null;
  };

  test.each(["ada@example.com", "ADA@example.com", "Ada L.", "ada"])(
    "by %s assigns the incident to the member of the schedule",
    async (actor) => {
      expect(await assigned(actor)).toEqual({ name: "Ada L.", email: "ada@example.com" });
    },
  );

  test("by someone outside the schedule assigns it to their email, with the name of the user", async () => {
    expect(await assigned("bob@example.com")).toEqual({ name: "Bob", email: "bob@example.com" });
    expect(await assigned("eve@example.com")).toEqual({ name: "eve@example.com", email: "eve@example.com" });
    expect(await assigned("Eve <Eve@example.com>")).toEqual({ name: "Eve", email: "eve@example.com" });
  });

  test("by a key, a team or someone unknown assigns no one", async () => {
    for (const actor of ["deploys", "team payments", "someone"]) expect(await assigned(actor)).toBeNull();
  });

  test("assigns no one when it comes with a resolution, or the change names an assignee", async () => {
    expect(await assigned("ada", ["resolve"])).toBeNull();
    const { system, id } = await incidentSystem();
    const actor = "ada@example.com";
    const commands = [
      { type: "assign", to: null, actor },
      { type: "move", to: "acknowledged", actor },
    ] as const;
    const changed = await changeIncident(system.deps, id, { commands, note: null, actor }, system.now());
    expect(changed).toMatchObject({ status: "acknowledged", assignedTo: null });
  });
});

describe("a press in Slack", () => {
  test("is posted to the channel if it changes something, otherwise only to the user who pressed", async () => {
    const { pressButton } = await incidentSystem();
    expect(await pressButton("acknowledge", "ada")).toEqual({
      to: "url",
      text: "#7 down: acknowledged by ada at 2026-11-23 10:01 UTC.",
      toChannel: true,
    });
    expect(await pressButton("acknowledge", "bob")).toEqual({
      to: "url",
      text: "#7 down: already acknowledged by ada at 2026-11-23 10:01 UTC.",
      toChannel: false,
    });
  });

  test("that is too late reports who resolved it and when", async () => {
    const { pressButton } = await incidentSystem();
    await pressButton("resolve", "bob");
    expect(await pressButton("acknowledge", "ada")).toEqual({
      to: "url",
      text: "#7 down: can no longer be acknowledged: resolved by bob at 2026-11-23 10:01 UTC.",
      toChannel: false,
    });
  });

  test("snoozes, replaces the snooze, and is too late once it is resolved", async () => {
    const { system, id, pressButton } = await incidentSystem();
    expect(await pressButton("4h", "ada")).toEqual({
      ...{ to: "url", toChannel: true },
      text: "#7 down: snoozed until 2026-11-23 14:01 UTC by ada.",
    });
    expect((await pressButton("morning", "bob"))?.text).toBe(
      "#7 down: snoozed until 2026-11-24 09:00 UTC by bob.",
    );
    expect(await system.seen.incidents.find(id)).toMatchObject({ acknowledgedBy: "ada" });
    await pressButton("resolve", "bob");
    expect(await pressButton("1h", "ada")).toEqual({
      ...{ to: "url", toChannel: false },
      text: "#7 down: can no longer be snoozed: resolved by bob at 2026-11-23 10:03 UTC.",
    });
  });

  test("escalates to the next level, unless the incident is resolved", async () => {
    const { system, pressButton } = await incidentSystem();
    await system.deps.schedules.create(aSchedule({ team: anIncident().team }));
    expect(await pressButton("escalate", "ada")).toEqual({
      ...{ to: "url", toChannel: true },
      text: "#7 down: escalated by ada to Ada.",
    });
    await pressButton("resolve", "bob");
    expect(await pressButton("escalate", "ada")).toEqual({
      ...{ to: "url", toChannel: false },
      text: "#7 down: not escalated. Incident 7 is resolved.",
    });
  });

  test("on a message about a missing incident shows an error", async () => {
    const { pressButton } = await incidentSystem();
    expect(await pressButton("resolve", "ada", "inc_none")).toMatchObject({
      text: "This incident no longer exists.",
      toChannel: false,
    });
  });

  test("applies also if no reply can be sent", async () => {
    const { system, id, pressButton } = await incidentSystem();
    expect(await pressButton("acknowledge", "ada", id, null)).toBeUndefined();
    expect((await system.seen.incidents.find(id))?.acknowledgedBy).toBe("ada");
  });

  test("that could not act is no success", async () => {
    const { system, pressButton } = await incidentSystem();
    const event = { at: system.now(), actor: null, type: "acknowledged" } as const;
    const full = anIncident({ id: "inc_full", number: 8 });
    const pendingEvents = Array.from({ length: limits.pendingEvents }, (_, n) => ({
      ...event,
      incidentId: full.id,
      id: `evt_${n}`,
    }));
    await system.deps.incidents.create({ ...full, pendingEvents }, null);
    await expect(pressButton("acknowledge", "ada", full.id)).rejects.toThrow(Unavailable);
  });
});
