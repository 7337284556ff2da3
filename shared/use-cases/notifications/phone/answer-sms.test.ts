import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, bob, seconds } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { Unavailable } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { handleOnce } from "../../../http/idempotency.ts";
import { idempotencyStore } from "../../../storage/idempotency-store.ts";
import type { IdempotencyStore } from "../../ports/idempotency.ts";
import { notify } from "../notify.ts";
import { type AnswerSmsDeps, answerSms, findSender } from "./answer-sms.ts";

const everything = { limit: 200, after: null };
const number = "+4915112345678";
const phone = { id: "phone", channel: "sms", address: number };

interface Options {
  readonly from?: string;
  readonly id?: string;
  /** Methods of stores that fail. */
  readonly broken?: {
    readonly incidents?: Partial<AnswerSmsDeps["incidents"]>;
    readonly notifications?: Partial<AnswerSmsDeps["notifications"]>;
    readonly replies?: Partial<IdempotencyStore>;
  };
}

const fails = () => Promise.reject(new Unavailable("The database"));
const notDone = "No action taken. Try again, or use the link.";

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
  const replies = idempotencyStore(memoryTable(system.now));
  let messages = 0;
  const send = async (text: string, optOut: "stop" | "start" | null = null, options: Options = {}) => {
    const { from = number, id = `SM${++messages}`, broken = {} } = options;
    const request = { owner: "sms", key: id, body: text, now: system.now(), seed: id };
    const once: AnswerSmsDeps["once"] = async (handle) => {
      const reply = async (at: number, ulid: AnswerSmsDeps["ulid"]) => ({
        status: 200,
        body: await handle(at, ulid),
        location: null,
      });
      return (await handleOnce({ ...replies, ...broken.replies }, request, reply)).body;
    };
    const { incidents, notifications } = system.deps;
    const deps = {
      ...system.deps,
      incidents: { ...incidents, ...broken.incidents },
      notifications: { ...notifications, ...broken.notifications },
      once,
    };
    return answerSms(deps, { id, from, text, optOut });
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

  test("is of the person who was last paged on a shared number, until then of the first who had it", async () => {
    const { system, alert } = await paged(0);
    await system.seen.users.put(aUser({ email: bob.email, contactMethods: [phone] }));
    expect(await findSender(system.deps, number)).toBe(ada.email);
    await system.seen.phones.setOwner(number, bob.email);
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
    expect(await send("START", "start")).toMatch(/have resumed/);
    await alert("3");
    expect(system.pages.map(({ channel }) => channel)).toEqual(["sms", "email", "sms"]);
  });

  test("that can't be executed says so, and a repeat is executed", async () => {
    const { system, send } = await paged(1);
    const broken = { incidents: { save: fails } };
    expect(await send("ack 1", null, { id: "SM", broken })).toBe(notDone);
    expect(system.lines).toContainEqual(expect.objectContaining({ message: "a text message failed" }));
    const done = "Acknowledged #1 [CRITICAL] checkout: problem 1.";
    for (let count = 1; count <= 2; count += 1) expect(await send("ack 1", null, { id: "SM" })).toBe(done);
  });

  test("that is executed says so, even if its receipt or its answer is not stored", async () => {
    const { send } = await paged(2);
    const done = (count: number) => `Acknowledged #${count} [CRITICAL] checkout: problem ${count}.`;
    expect(await send("ack 1", null, { broken: { notifications: { save: fails } } })).toBe(done(1));
    expect(await send("ack 2", null, { broken: { replies: { finish: fails } } })).toBe(done(2));
  });

  test("has an answer of at most 1,600 characters", async () => {
    const { system, send } = await paged(0);
    const person = { ...ada, name: "é".repeat(limits.smsLength), role: "primary" as const };
    await system.seen.schedules.create(aSchedule({ team: "big" }, { members: [person] }));
    expect(await send("who big")).toMatch(/^big: é{1594}…$/);
  });

  test("STOP and START of an unknown number count without an answer, even if they fail", async () => {
    const { system, send } = await paged(1);
    const from = "+4915100000000";
    const text = async (message: string) => {
      const { incidents, notifications, notificationQueue, users, ulid, authorize } = system.deps;
      const deps = { incidents, notifications, notificationQueue, users, ulid, authorize };
      const draft = {
        incidentId: "1",
        channel: "sms",
        recipient: from,
        message,
        severity: null,
        metadata: {},
      };
      const { id } = await notify(deps, draft, system.now());
      await system.settle({ within: 1 });
      return system.seen.notifications.find(id);
    };
    expect(await send("STOP", "stop", { from, id: "1", broken: { replies: { begin: fails } } })).toBe("");
    expect(await text("a")).toMatchObject({ status: "sent" });
    expect(await send("STOP", "stop", { from, id: "2" })).toBe("");
    expect(await text("b")).toMatchObject({
      status: "failed",
      attempts: [{ ok: false, outcome: "permanent", detail: expect.stringContaining("with STOP") }],
    });
    expect(await send("help", null, { from, id: "3" })).toBe("");
    expect(await send("START", "start", { from, id: "4" })).toBe("");
    expect(await text("c")).toMatchObject({ status: "sent" });
  });
});
