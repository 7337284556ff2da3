import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, bob, minutes, seconds } from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { presentEvent } from "../../contracts/incidents/incident.ts";
import { commandHelp, runCommand, type TextReply } from "./run-command.ts";

const everything = { limit: 200, after: null };

/** Ada is on call, then Bob, and was paged about as many incidents. */
async function paged(incidents: number, user?: ReturnType<typeof aUser>) {
  const system = testSystem();
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  if (user) await system.seen.users.put(user);
  for (let number = 1; number <= incidents; number += 1) {
    await system.receive(aDraft({ dedupKey: `key-${number}`, message: `problem ${number}` }));
    await system.settle({ within: 1 });
    system.advance(seconds(1));
  }
  let messages = 0;
  const reply = (text: string, fields: Partial<TextReply> = {}) =>
    runCommand(
      system.deps,
      { person: ada.email, text, channel: "sms", messageId: `SM${++messages}`, ...fields },
      system.now(),
    );
  const incident = async (number: number) => {
    const found = await system.seen.incidents.findByNumber(number);
    if (!found) throw new Error(`no incident ${number}`);
    return found;
  };
  return { system, reply, incident };
}

describe("a reply", () => {
  test("acknowledges the only open incident that its sender was paged about", async () => {
    const { system, reply, incident } = await paged(1);
    expect(await reply("ack")).toBe("Acknowledged #1 [CRITICAL] checkout: problem 1.");
    expect(await incident(1)).toMatchObject({
      status: "acknowledged",
      acknowledgedBy: ada.email,
      assignedTo: { email: ada.email },
    });
    await system.settle({ within: minutes(1) });
    const { events } = await system.seen.incidentEvents.history((await incident(1)).id);
    expect(events.map((event) => presentEvent(event).message)).toContain(
      `Acknowledged by ${ada.email} via SMS`,
    );
    system.advance(seconds(1));
    expect(await reply("ack")).toBe("No incident that you were paged about is open.");
    expect(await reply("ack 1")).toMatch(/^#1: already acknowledged by ada@example.com at /);
    expect(await reply("res")).toBe("Resolved #1 [CRITICAL] checkout: problem 1.");
    expect(await reply("ack 1")).toMatch(
      /^#1: can no longer be acknowledged: resolved by ada@example.com at /,
    );
  });

  test.each([
    ["email", "email"],
    ["voice", "voice call"],
  ])("through the channel %s is in the timeline and the receipt: via %s", async (channel, words) => {
    const { system, reply, incident } = await paged(1);
    await reply("ack", { channel });
    await system.settle({ within: minutes(1) });
    const { events } = await system.seen.incidentEvents.history((await incident(1)).id);
    expect(events.map((event) => presentEvent(event).message)).toContain(
      `Acknowledged by ${ada.email} via ${words}`,
    );
    const { items } = await system.seen.notifications.list({ recipient: ada.email }, everything);
    expect(items.flatMap(({ receipts }) => receipts)).toMatchObject([{ detail: `acknowledge via ${words}` }]);
  });

  test("that could mean several incidents is answered with the choices, and changes nothing", async () => {
    const { reply, incident } = await paged(2);
    expect((await reply("ack")).split("\n")).toEqual([
      "2 incidents are open. Reply",
      "ack 2 for [CRITICAL] checkout: problem 2",
      "ack 1 for [CRITICAL] checkout: problem 1",
    ]);
    expect([(await incident(1)).status, (await incident(2)).status]).toEqual(["open", "open"]);
    expect(await reply("#1")).toBe("Acknowledged #1 [CRITICAL] checkout: problem 1.");
    expect(await reply("ack")).toBe("Acknowledged #2 [CRITICAL] checkout: problem 2.");
    expect((await reply("res")).split("\n")).toHaveLength(3);
  });

  test("lists a few choices and counts the rest", async () => {
    const { reply } = await paged(7);
    const lines = (await reply("esc")).split("\n");
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toBe("or the number of one of 2 more");
  });

  test("to a message about an incident needs no number", async () => {
    const { reply, incident } = await paged(2);
    const { id: incidentId } = await incident(1);
    expect(await reply("resolve", { incidentId })).toBe("Resolved #1 [CRITICAL] checkout: problem 1.");
    expect((await incident(2)).status).toBe("open");
    expect(await reply("ack", { incidentId: "inc_none" })).toBe("This incident no longer exists.");
  });

  test("is a receipt of the page, once", async () => {
    const { system, reply } = await paged(1);
    await reply("ack", { messageId: "SM9" });
    await reply("ack 1", { messageId: "SM9" });
    const { items } = await system.seen.notifications.list({ recipient: ada.email }, everything);
    expect(items.flatMap(({ receipts }) => receipts)).toMatchObject([
      { kind: "answered", detail: "acknowledge via SMS", providerId: "SM9", afterAttempts: 1 },
    ]);
  });

  test.each([
    { delays: [0, 300], before: 0, sentAfter: 0 },
    { delays: [300, 0], before: 0, sentAfter: 0 },
    { delays: [0, 60, 300], before: minutes(2), sentAfter: seconds(60) },
    { delays: [300, 60, 0], before: minutes(2), sentAfter: seconds(60) },
  ])("is a receipt of the page that was sent last: $delays", async ({ delays, before, sentAfter }) => {
    const user = aUser({
      email: ada.email,
      contactMethods: [{ id: "phone", channel: "sms", address: "+4915112345678" }],
      notificationRules: delays.map((delaySeconds) => ({ contactMethodId: "phone", delaySeconds })),
    });
    const { system, reply } = await paged(1, user);
    await system.settle({ within: before });
    await reply("esc");
    const { items } = await system.seen.notifications.list({ recipient: ada.email }, everything);
    const answered = items.filter(({ receipts }) => receipts.length > 0);
    expect(answered).toMatchObject([{ status: "sent", dueAt: (items[0]?.createdAt ?? 0) + sentAfter }]);
  });

  test("escalates to the next level", async () => {
    const { system, reply, incident } = await paged(1);
    expect(await reply("esc 1")).toBe("Escalated #1 [CRITICAL] checkout: problem 1 to Bob.");
    await system.settle({ within: 1 });
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email, bob.email]);
    await reply("res 1");
    expect(await reply("esc 1")).toBe("Not escalated: Incident 1 is resolved.");
    expect((await incident(1)).status).toBe("resolved");
  });

  test("asks who is on call: for the latest pages, an incident or a team", async () => {
    const { reply } = await paged(2);
    const line = "checkout: Ada (primary), Bob (secondary)";
    expect(await reply("who")).toBe(line);
    expect(await reply("who 2")).toBe(line);
    expect(await reply("who is on call for Checkout?")).toBe(line);
    expect(await reply("who payments")).toBe("Team payments has no schedule.");
    expect(await reply("who 9")).toBe("There is no incident #9.");
    expect(await reply("who", { person: "eve@example.com" })).toMatch(/^You were not paged recently/);
  });

  test("with anything else is answered with help", async () => {
    const { reply, incident } = await paged(1);
    expect(await reply("help")).toBe(commandHelp);
    expect(await reply("can't ack 1 yet")).toBe(`Unknown command. ${commandHelp}`);
    expect(await reply("ack 9")).toBe("There is no incident #9.");
    expect((await incident(1)).status).toBe("open");
  });
});
