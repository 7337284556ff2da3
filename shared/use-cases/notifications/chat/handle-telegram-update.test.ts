import { describe, expect, test } from "vitest";
import { anIncident, aSchedule, aUser, minutes } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { withoutMethod } from "../../../domain/access/contact.ts";
import type { ChatAction } from "../../../domain/incidents/incident-action.ts";
import { limits } from "../../../domain/limits.ts";
import { createLinkCode } from "../../access/accounts/create-link-code.ts";
import { changeUser } from "../../access/change-user.ts";
import { handleTelegramUpdate } from "./handle-telegram-update.ts";

const ada = aUser({ contactMethods: [], notificationRules: [] });
const bob = aUser({ email: "bob@example.com", name: "Bob", contactMethods: [], notificationRules: [] });
const unlinked = "Link your Telegram account on your profile page first.";

/** A system with two users, an open incident and a bot. */
async function botSystem() {
  const system = testSystem();
  const deps = { ...system.deps, botName: "incidents_bot" };
  for (const user of [ada, bob]) await deps.users.put(user);
  const incident = await deps.incidents.create(anIncident({ number: 7, title: "down" }), null);
  const say = (sender: string, text: string, isPrivate = true) =>
    handleTelegramUpdate(deps, { id: "1", kind: "text", sender, text, isPrivate }, system.now());
  return {
    system,
    id: incident.id,
    say,
    press(sender: string, action: ChatAction, incidentId = incident.id) {
      system.advance(minutes(1));
      return handleTelegramUpdate(
        deps,
        { id: "2", kind: "button", sender, action, incidentId },
        system.now(),
      );
    },
    code: (email = ada.email) => createLinkCode(deps, email, "telegram", system.now()),
    async link(sender: string, email = ada.email) {
      return say(sender, `/start ${await createLinkCode(deps, email, "telegram", system.now())}`);
    },
    methods: async (email: string) => (await deps.users.find(email))?.contactMethods,
    incident: () => deps.incidents.find(incident.id),
  };
}

describe("a code", () => {
  test("links the account that sends it, and makes it a contact method", async () => {
    const { link, methods } = await botSystem();
    expect(await link("42")).toBe("Linked to Ada. Incidents can reach you here now.");
    expect(await methods(ada.email)).toEqual([
      { id: "telegram", channel: "telegram", address: "42", verifiedAt: expect.any(Number) },
    ]);
  });

  test("links one account, however often that one sends it", async () => {
    const { say, code, methods } = await botSystem();
    const own = await code();
    for (let times = 0; times < 2; times += 1) expect(await say("42", `/start ${own}`)).toContain("Linked");
    expect(await say("43", `/start ${own}`)).toBeNull();
    expect(await methods(ada.email)).toHaveLength(1);
  });

  test("links one account if two send it at the same time", async () => {
    const { say, code } = await botSystem();
    const own = await code();
    const answers = await Promise.all(["42", "43"].map((sender) => say(sender, `/start ${own}`)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  test("expires", async () => {
    const { system, say, code } = await botSystem();
    const own = await code();
    system.advance(limits.linkCodeSeconds * 1_000);
    expect(await say("42", `/start ${own}`)).toBeNull();
  });

  test("is not read in a group, where others see it", async () => {
    const { say, code } = await botSystem();
    expect(await say("42", `/start ${await code()}`, false)).toBeNull();
  });

  test("can be tried a few times per hour", async () => {
    const { system, say, code } = await botSystem();
    for (let tries = 0; tries < limits.linkAttempts; tries += 1) await say("42", "/start guess");
    const own = await code();
    expect(await say("42", `/start ${own}`)).toBeNull();
    expect(await say("43", `/start ${own}`)).toContain("Linked");
    system.advance(minutes(60));
    expect(await say("42", `/start ${await code()}`)).toContain("Linked");
  });

  test("of another user moves the account to them", async () => {
    const { link, press, incident } = await botSystem();
    await link("42");
    await link("42", bob.email);
    await press("42", "acknowledge");
    expect((await incident())?.acknowledgedBy).toBe(bob.email);
  });
});

describe("a button", () => {
  test("acts in the name of the linked user, and a repeat says so", async () => {
    const { link, press, incident } = await botSystem();
    await link("42");
    expect(await press("42", "acknowledge")).toBe("Acknowledged #7 down.");
    expect(await press("42", "acknowledge")).toContain("already acknowledged by ada@example.com");
    expect(await press("42", "resolve")).toBe("Resolved #7 down.");
    expect(await press("42", "acknowledge")).toContain("can no longer be acknowledged");
    expect(await press("42", "escalate")).toBe("Not escalated: Incident 7 is resolved.");
    expect(await incident()).toMatchObject({ status: "resolved", acknowledgedBy: ada.email });
  });

  test("that two people press at the same time acknowledges once", async () => {
    const { link, press, incident } = await botSystem();
    await link("42");
    await link("43", bob.email);
    const answers = await Promise.all([press("42", "acknowledge"), press("43", "acknowledge")]);
    expect(answers.filter((answer) => answer?.includes("already"))).toHaveLength(1);
    expect((await incident())?.status).toBe("acknowledged");
  });

  test("escalates to the next level, once for a repeated update", async () => {
    const { system, link, id } = await botSystem();
    await system.deps.schedules.create(aSchedule());
    await link("42");
    const pressed = { id: "3", kind: "button", sender: "42", action: "escalate", incidentId: id } as const;
    const press = (seed: string) => {
      const deps = { ...system.deps, botName: "", ulid: system.deps.seededUlids(seed) };
      return handleTelegramUpdate(deps, pressed, system.now());
    };
    const answer = await press("update 1");
    expect(answer).toBe("Escalated #7 down to Ada.");
    expect(await press("update 1")).toBe(answer);
    const { items } = await system.deps.incidentEvents.listEscalations(
      { incidentId: id },
      { limit: 10, after: null },
    );
    expect(items).toHaveLength(1);
  });

  test("of an incident that is gone says so", async () => {
    const { link, press } = await botSystem();
    await link("42");
    expect(await press("42", "resolve", "inc_none")).toBe("This incident no longer exists.");
  });
});

describe("a text of a linked account", () => {
  test("is a command, with or without a slash", async () => {
    const { link, say, incident } = await botSystem();
    await link("42");
    expect(await say("42", "/ack@incidents_bot 7")).toBe("Acknowledged #7 down.");
    expect((await incident())?.acknowledgedBy).toBe(ada.email);
    expect(await say("42", "res 7")).toBe("Resolved #7 down.");
    expect(await say("42", "/start")).toMatch(/^Reply ack 12/);
    expect(await say("42", "good morning")).toMatch(/^Unknown command/);
  });

  test("needs the slash in a group, where people talk to each other", async () => {
    const { link, say, incident } = await botSystem();
    await link("42");
    expect(await say("42", "ack 7", false)).toBeNull();
    expect((await incident())?.status).toBe("open");
    expect(await say("42", "/ack@grafana_bot 7", false)).toBeNull();
    expect(await say("42", "/ack 7", false)).toBe("Acknowledged #7 down.");
    expect(await say("42", "/res@Incidents_Bot 7", false)).toBe("Resolved #7 down.");
  });
});

describe("an account that is not linked", () => {
  test("changes nothing, and its texts get no answer", async () => {
    const { say, press, incident } = await botSystem();
    for (const text of ["ack 7", "who", "help", "/start", "/start guess"])
      expect(await say("42", text)).toBeNull();
    expect(await press("42", "acknowledge")).toBe(unlinked);
    expect((await incident())?.status).toBe("open");
  });

  test("is one that a user has entered without a code", async () => {
    const { system, press } = await botSystem();
    const contactMethods = [{ id: "telegram", channel: "telegram", address: "42" }];
    await changeUser(system.deps, ada.email, (user) => ({ ...user, contactMethods }), system.now());
    expect(await press("42", "acknowledge")).toBe(unlinked);
  });

  test("is one whose contact method was removed", async () => {
    const { system, link, press } = await botSystem();
    await link("42");
    await changeUser(system.deps, ada.email, (user) => withoutMethod(user, "telegram"), system.now());
    expect(await press("42", "acknowledge")).toBe(unlinked);
  });
});
