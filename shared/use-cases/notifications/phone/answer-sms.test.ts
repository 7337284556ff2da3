import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, bob, seconds } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { answerSms, findSender } from "./answer-sms.ts";

const everything = { limit: 200, after: null };
const number = "+4915112345678";
const phone = { id: "phone", channel: "sms", address: number };

/** Ada is on call with a phone, and was paged about as many incidents. */
async function paged(incidents: number) {
  const system = testSystem();
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: [phone] }));
  const alert = async (dedupKey: string) => {
    await system.receive(aDraft({ dedupKey, message: `problem ${dedupKey}` }));
    await system.settle({ within: 1 });
    system.advance(seconds(1));
  };
  for (let count = 1; count <= incidents; count += 1) await alert(`${count}`);
  const send = async (text: string, optOut: "stop" | "start" | null = null) => {
    const person = await findSender(system.deps, number);
    if (person === undefined) return undefined;
    return answerSms(system.deps, person, { id: `SM${text}`, from: number, text, optOut }, system.now());
  };
  return { system, alert, send };
}

describe("a text message", () => {
  test("answers two incidents from one phone", async () => {
    const { send } = await paged(2);
    expect(await send("ack")).toMatch(/^2 incidents are open/);
    expect(await send("ack 1")).toBe("Acknowledged #1 [CRITICAL] checkout: problem 1.");
    expect(await send("res")).toMatch(/^2 incidents are unresolved/);
    expect(await send("res 2")).toBe("Resolved #2 [CRITICAL] checkout: problem 2.");
    expect(await send("res")).toBe("Resolved #1 [CRITICAL] checkout: problem 1.");
  });

  test("of an unknown or removed number is ignored", async () => {
    const { system } = await paged(0);
    expect(await findSender(system.deps, "+4915100000000")).toBeUndefined();
    await system.seen.phones.setOwner("+4915100000000", ada.email);
    expect(await findSender(system.deps, "+4915100000000")).toBeUndefined();
    await system.seen.phones.setOwner(number, "gone@example.com");
    expect(await findSender(system.deps, number)).toBeUndefined();
  });

  test("is of the person who was last paged on a shared number, also before users were saved with it", async () => {
    const { system, alert } = await paged(0);
    await system.seen.users.put(aUser({ email: bob.email, contactMethods: [phone] }));
    expect(await findSender(system.deps, number)).toBe(bob.email);
    await alert("a");
    expect(await findSender(system.deps, number)).toBe(ada.email);
  });

  test("STOP fails further messages at once, so that the next method follows, until START", async () => {
    const { system, alert, send } = await paged(1);
    expect(await send("STOP", "stop")).toBe("");
    await alert("2");
    expect(system.pages.map(({ channel }) => channel)).toEqual(["sms", "email"]);
    const { items } = await system.seen.notifications.list({ channel: "sms", status: "failed" }, everything);
    expect(items).toMatchObject([
      { attempts: [{ ok: false, outcome: "permanent", detail: expect.stringContaining("with STOP") }] },
    ]);
    expect(await send("START", "start")).toMatch(/on again/);
    await alert("3");
    expect(system.pages.map(({ channel }) => channel)).toEqual(["sms", "email", "sms"]);
  });
});
