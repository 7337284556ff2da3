import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, aUser, bob, minutes, seconds } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import type { Channel } from "../../../channels/channel-type.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import { reportDelivery } from "../report-delivery.ts";
import { answerCall, commandOf, describeCall } from "./answer-call.ts";

const everything = { limit: 200, after: null };
const phone = { id: "phone", channel: "voice", address: "+4915112345678" };

interface Options {
  readonly alerts?: readonly string[];
  readonly channel?: Channel;
  /** Seconds after which Ada is called. Default: at once. */
  readonly callsAfter?: readonly number[];
}

/** Ada is called, then gets an email. */
async function called({ alerts = ["a"], channel, callsAfter = [] }: Options = {}) {
  const system = testSystem({ bundlingMs: seconds(60), ...(channel && { channel }) });
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  const notificationRules = callsAfter.map((delaySeconds) => ({ contactMethodId: "phone", delaySeconds }));
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: [phone], notificationRules }));
  for (const dedupKey of alerts) await system.receive(aDraft({ dedupKey, message: "error rate > 5%" }));
  await system.pump();
  const calls = async () => {
    const { items } = await system.seen.notifications.list({ channel: "voice" }, everything);
    return items.toSorted((a, b) => a.createdAt - b.createdAt);
  };
  const press = (call: Notification, key: string) =>
    answerCall(system.deps, call, { key, call: "CA1" }, system.now());
  const firstCall = async () => {
    const [first] = await calls();
    if (!first) throw new Error("no call");
    return first;
  };
  const pages = () => system.pages.map(({ channel: name }) => name);
  const incident = async (number = 1) => system.seen.incidents.findByNumber(number);
  return { system, firstCall, calls, press, pages, incident };
}

describe("a call", () => {
  test("describes the incident in short sentences", async () => {
    const { system, firstCall, press } = await called();
    const call = await firstCall();
    expect(await describeCall(system.deps, call)).toEqual({
      text:
        "Incident 1. Severity critical. checkout: error rate above 5 percent. " +
        "Press 4 to acknowledge. Press 6 to resolve. Press 9 to escalate.",
      takesKeys: true,
    });
    expect(await press(call, "1")).toEqual(await describeCall(system.deps, call));
  });

  test("acknowledges with 4, which is a receipt, and says so when it is answered later", async () => {
    const { system, firstCall, press, incident } = await called();
    const answer = await press(await firstCall(), "4");
    expect(answer).toEqual({
      text: "Acknowledged number 1 CRITICAL checkout: error rate above 5 percent. Goodbye.",
      takesKeys: false,
    });
    expect(await incident()).toMatchObject({ status: "acknowledged", acknowledgedBy: ada.email });
    expect((await firstCall()).receipts).toMatchObject([
      { kind: "answered", detail: "acknowledge via voice call", providerId: "CA1 4" },
    ]);
    expect((await describeCall(system.deps, await firstCall())).text).toContain("It is acknowledged.");
  });

  test("resolves with 6, and accepts no keys afterwards", async () => {
    const { system, firstCall, press, incident } = await called();
    expect((await press(await firstCall(), "6")).text).toMatch(/^Resolved number 1/);
    expect((await incident())?.status).toBe("resolved");
    expect(await describeCall(system.deps, await firstCall())).toMatchObject({ takesKeys: false });
  });

  test("escalates with 9", async () => {
    const { system, firstCall, press } = await called();
    expect((await press(await firstCall(), "9")).text).toMatch(/^Escalated .* to Bob\. Goodbye\.$/);
    await system.settle({ within: 1 });
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email, bob.email]);
  });

  test.each([
    [0, 300, 900],
    [900, 300, 0],
  ])("is answered itself, not another one that is still to be made: %i, %i and %i", async (...callsAfter) => {
    const { system, calls, press } = await called({ callsAfter });
    const [made, ...rest] = (await calls()).filter(({ status }) => status === "sent");
    if (!made || rest.length > 0) throw new Error("not one call");
    await press(made, "9");
    const answered = (await calls()).filter(({ receipts }) => receipts.length > 0);
    expect(answered.map(({ id }) => id)).toEqual([made.id]);
    await system.settle({ within: minutes(2) });
    expect(await system.seen.notifications.find(made.id)).toMatchObject({ status: "sent" });
    await system.settle({ within: minutes(7) });
    const statuses = (await calls()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(["failed", "queued", "sent"]);
  });

  test("about several incidents acknowledges all of them", async () => {
    const { system, calls, press, incident } = await called({ alerts: ["a", "b", "c"] });
    await system.settle({ within: minutes(1) });
    const bundle = (await calls()).find(({ kind }) => kind === "bundle");
    if (!bundle) throw new Error("no bundle");
    expect((await describeCall(system.deps, bundle)).text).toContain("Press 4 to acknowledge all.");
    expect((await press(bundle, "4")).text).toBe("2 of 2 incidents acknowledged. Goodbye.");
    const statuses = [await incident(1), await incident(2), await incident(3)].map((each) => each?.status);
    expect(statuses.toSorted()).toEqual(["acknowledged", "acknowledged", "open"]);
  });

  test("that was only a test says that no action is required", async () => {
    const { system, firstCall } = await called();
    const message = "Test message from ada: pages arrive here. No action is required.";
    const test = { ...(await firstCall()), kind: "message" as const, incidentId: null, message };
    expect(await describeCall(system.deps, test)).toEqual({ text: `${message} Goodbye.`, takesKeys: false });
  });
});

describe("a call that no person answers", () => {
  const report = { kind: "undelivered", detail: "no-answer", providerId: "CA1" } as const;

  test("fails, and the next method follows at once", async () => {
    const { system, firstCall, pages } = await called();
    const { id } = await firstCall();
    await reportDelivery(system.deps, id, { ...report, at: system.now() }, system.now());
    await system.pump();
    expect((await firstCall()).status).toBe("failed");
    expect(pages()).toEqual(["voice", "email"]);
    await system.settle({ within: minutes(4) });
    expect(pages()).toEqual(["voice", "email"]);
  });

  test("fails after 90 seconds if the provider never reports on it, and only once", async () => {
    const { system, firstCall, pages } = await called();
    await system.settle({ within: seconds(89) });
    expect(pages()).toEqual(["voice"]);
    await system.settle({ within: seconds(91) });
    expect(await firstCall()).toMatchObject({
      status: "failed",
      receipts: [{ kind: "undelivered", detail: "no report on the call within 90 seconds" }],
    });
    await system.settle({ within: minutes(2) });
    expect(pages()).toEqual(["voice", "email"]);
  });

  test("does not fail once a person has pressed a key", async () => {
    const { system, firstCall, press, pages } = await called();
    await press(await firstCall(), "4");
    await system.settle({ within: minutes(10) });
    expect((await firstCall()).status).toBe("sent");
    expect(pages()).toEqual(["voice"]);
  });

  test.each(["dies", "answer_lost", "fails"] as const)(
    "is followed by the next method also if the process %s at any step of the call or the report",
    async (how) => {
      let step = 0;
      for (let done = false; !done; step += 1) {
        const paged = await called({ alerts: [] });
        const { system } = paged;
        await system.receive(aDraft());
        await system.deliverOne("alerts");
        await system.deliverOne("events");
        system.faults.plan((call) => (call === step + 1 ? how : undefined));
        await system.settle({ within: minutes(4) });
        done = system.faults.calls <= step;
        expect(paged.pages()).toContain("voice");
        expect(paged.pages()).toContain("email");
        expect((await paged.firstCall()).status).toBe("failed");
      }
      expect(step).toBeGreaterThan(5);
    },
  );
});

test.each([
  { kind: "page", means: { "4": "ack", "6": "res", "9": "esc" } },
  { kind: "bundle", means: { "4": "ack", "6": "res" } },
  { kind: "drill", means: { "4": "ack" } },
  { kind: "verification", means: { "4": "ack" } },
] as const)("in a call about a $kind, other keys than $means say the text again", ({ kind, means }) => {
  const keys = [..."0123456789*#", "", "44", "toString"];
  const meant = keys.flatMap((key) => {
    const command = commandOf({ kind }, key);
    return command === undefined ? [] : [[key, command]];
  });
  expect(Object.fromEntries(meant)).toEqual(means);
});
