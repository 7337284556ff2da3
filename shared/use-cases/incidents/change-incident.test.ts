import { describe, expect, test } from "vitest";
import { ada, anIncident, minutes, monday } from "../../../tests/support/builders.ts";
import { at, incidentOf, opened } from "../../../tests/support/memory/escalation.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import { Unavailable } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { changeIncident } from "./change-incident.ts";
import { reopenIncident, unacknowledgeIncident } from "./lifecycle/reopen-incident.ts";
import { snoozeIncident } from "./lifecycle/snooze-incident.ts";
import { updateIncident } from "./lifecycle/update-incident.ts";

test("an incident takes no more changes than can wait while nothing can be published", async () => {
  const system = testSystem();
  const incident = anIncident();
  const event = {
    incidentId: incident.id,
    at: incident.createdAt,
    actor: null,
    type: "title_changed",
    from: "a",
    to: "b",
  } as const;
  const pendingEvents = Array.from({ length: limits.pendingEvents }, (_, n) => ({
    ...event,
    id: `evt_${n}`,
  }));
  await system.deps.incidents.create({ ...incident, pendingEvents }, null);
  const rename = { commands: [{ type: "rename", to: "c", actor: null } as const], note: null, actor: null };
  await expect(changeIncident(system.deps, incident.id, rename, system.now())).rejects.toThrow(Unavailable);
});

describe("a note with a request that changes nothing", () => {
  const acknowledge = {
    commands: [{ type: "move", to: "acknowledged", actor: "ada" }] as const,
    actor: "ada",
  };

  type Act = (system: TestSystem, id: string, note: string | null) => Promise<unknown>;
  const acts: Readonly<Record<string, Act>> = {
    acknowledge: ({ deps, now }, id, note) => changeIncident(deps, id, { ...acknowledge, note }, now()),
    snooze: ({ deps, now }, id, note) => snoozeIncident(deps, id, monday + 1, { actor: "ada", note }, now()),
    unacknowledge: ({ deps, now }, id, note) =>
      unacknowledgeIncident(deps, id, { actor: "ada", note }, now()),
    reopen: ({ deps, now }, id, note) => reopenIncident(deps, id, { actor: "ada", note }, now()),
    "change urgency": ({ deps, now }, id, note) =>
      updateIncident(deps, id, { commands: [], urgency: "high", actor: "ada", note }, now()),
  };

  test.each(Object.keys(acts))("is added by %s, once although the request is repeated", async (name) => {
    const system = await opened();
    const { id } = await incidentOf(system);
    await acts[name]?.(system, id, null);
    const { version } = await incidentOf(system);
    for (const note of ["still at it", "still at it", "nearly done"]) await acts[name]?.(system, id, note);
    await system.settle({ within: 1 });
    const { events, notes } = await system.seen.incidentEvents.history(id);
    expect(notes.map(({ author, content }) => [author, content])).toEqual([
      ["ada", "still at it"],
      ["ada", "nearly done"],
    ]);
    expect((await incidentOf(system)).version).toBe(version);
    expect(events.map(({ type }) => type)).not.toContain("noted");
    system.advance(minutes(15));
    await acts[name]?.(system, id, "still at it");
    expect((await system.seen.incidentEvents.history(id)).notes).toHaveLength(3);
  });
});

test.each([
  ["a member of the schedule, as it names them,", ada.email, ada],
  ["someone else", "lin@example.com", { name: "Ada Lovelace", email: "lin@example.com" }],
])(
  "an acknowledgement assigns the incident to the signed-in person's email: %s",
  async (_, email, assignedTo) => {
    const system = await opened();
    const { id } = await incidentOf(system);
    const actor = "Ada Lovelace";
    const deps = { ...system.deps, signedIn: () => ({ name: actor, email }) };
    const commands = [{ type: "move", to: "acknowledged", actor }] as const;
    const changed = await changeIncident(deps, id, { commands, note: null, actor }, system.now());
    expect(changed).toMatchObject({ assignedTo, acknowledgedBy: actor });
  },
);

describe("an acknowledgement whose process dies before its event is published", () => {
  async function acknowledgedByDead(system: TestSystem, note: string | null = null) {
    const { id } = await incidentOf(system);
    system.faults.plan((_, on) => (on === "queues" ? "dies" : undefined));
    const commands = [{ type: "move", to: "acknowledged", actor: "ada" }] as const;
    await changeIncident(system.deps, id, { commands, note, actor: "ada" }, system.now());
    system.faults.plan(() => undefined);
    system.faults.revive();
    const { pendingEvents } = await incidentOf(system);
    expect(pendingEvents.map(({ type }) => type)).toContain("acknowledged");
    return (await system.seen.incidents.listWithPendingEvents(null)).items.map((incident) => incident.id);
  }

  async function expectPublished(system: TestSystem) {
    const incident = await incidentOf(system);
    expect(incident).toMatchObject({ status: "acknowledged", pendingEvents: [] });
    const { events } = await system.seen.incidentEvents.history(incident.id);
    expect(events.filter(({ type }) => type === "acknowledged")).toHaveLength(1);
  }

  test("is published by the first escalation timer, without an entry for the sweep", async () => {
    const system = await opened();
    expect(await acknowledgedByDead(system)).toEqual([]);
    await at(system, 301);
    await expectPublished(system);
  });

  test("is published by the sweep if that timer fires in more than five minutes", async () => {
    const targets = [{ type: "schedule", role: "primary" }] as const;
    const system = await opened({ policy: { rules: [{ targets, delaySeconds: 301 }], repeat: 0 } });
    expect(await acknowledgedByDead(system)).toHaveLength(1);
    await at(system, 120);
    await expectPublished(system);
  });

  test("is published by the sweep at a later level, whose timer may not be stored yet", async () => {
    const system = await opened();
    await at(system, 301);
    expect(await acknowledgedByDead(system)).toHaveLength(1);
    await at(system, 421);
    await expectPublished(system);
  });
});
