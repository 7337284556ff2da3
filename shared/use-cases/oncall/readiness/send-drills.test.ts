import { describe, expect, test } from "vitest";
import {
  aDraft,
  ada,
  anOverride,
  aSchedule,
  aService,
  aUser,
  bob,
  days,
  minutes,
  monday,
  seconds,
} from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import { pseudonymOf } from "../../../domain/access/forget/pseudonym.ts";
import { Unavailable } from "../../../domain/errors.ts";
import { proofOf } from "../../../domain/notifications/proof.ts";
import { confirmNotification } from "../../notifications/confirm-notification.ts";
import { answerCall, describeCall } from "../../notifications/phone/answer-call.ts";
import { reportDelivery } from "../../notifications/report-delivery.ts";
import { runCommand } from "../../notifications/run-command.ts";
import { readReadiness } from "./read-readiness.ts";
import { sendDrills } from "./send-drills.ts";

const team = "payments";
const phone = { id: "phone", channel: "sms", address: "+4915112345678" };
const voice = { id: "voice", channel: "voice", address: phone.address };
const mail = { id: "mail", channel: "email", address: bob.email };
const printed = { id: "printed", channel: "console", address: "bob" };
const noDevices = { load: (email: string) => Promise.resolve({ email, devices: [], version: 0 }) };
const everything = { limit: 200, after: null };

/** Ada is on call, and Bob next. */
async function setUp({ timezone = "UTC", methods = [phone, mail], delays = [0] } = {}) {
  const system = testSystem();
  const { seen, deps } = system;
  await seen.schedules.create(aSchedule({ team }));
  await seen.schedules.putReadiness(team, { withinSeconds: 300, channels: 1, drill: "weekly" });
  const rules = delays.map((delaySeconds, index) => {
    return { contactMethodId: methods[index]?.id ?? "", delaySeconds };
  });
  await seen.users.put(
    aUser({ email: bob.email, name: "Bob", timezone, contactMethods: methods, notificationRules: rules }),
  );
  const run = async () => {
    await sendDrills(deps);
    await system.pump();
  };
  const drills = async () => {
    const { items } = await seen.notifications.list({}, everything);
    return items.filter(({ kind }) => kind === "drill").toSorted((a, b) => a.dueAt - b.dueAt);
  };
  const notices = async () => {
    const { items } = await seen.notifications.list({}, everything);
    return items.filter(({ kind }) => kind === "message" || kind === "announcement");
  };
  const wait = async (ms: number) => {
    system.advance(ms);
    await run();
  };
  /** Opens an incident that pages Bob, or resolves it. */
  const alert = async (action: "trigger" | "resolve") => {
    await system.receive(aDraft({ service: "checkout", dedupKey: "a", action }));
    await system.pump();
  };
  const page = async () => {
    const targets = [{ type: "user", email: bob.email }] as const;
    await seen.schedules.putPolicy(team, { rules: [{ targets, delaySeconds: 300 }], repeat: 0 });
    await seen.services.put(aService({ name: "checkout", team }));
    await alert("trigger");
  };
  const resolve = () => alert("resolve");
  const state = () => seen.drills.find(team);
  const readiness = async () => {
    const { people } = await readReadiness({ ...deps, pushDevices: noDevices }, team, system.now());
    return people.find(({ person }) => person.email === bob.email);
  };
  return { system, seen, deps, run, drills, notices, wait, state, page, resolve, readiness };
}

describe("a weekly drill", () => {
  test("pages the next person on call once, and asks again in the next week", async () => {
    const { run, drills, wait, state, deps, system } = await setUp();
    await run();
    await wait(minutes(1));
    expect(await drills()).toMatchObject([
      { recipient: bob.email, channel: "sms", address: phone.address, status: "sent", incidentId: null },
    ]);
    expect(await state()).toMatchObject({ email: bob.email, week: "2026-11-23", answeredAt: null });
    const [sent] = await drills();
    await confirmNotification(deps, sent?.id ?? "", { detail: "link", providerId: "link" }, system.now());
    await wait(days(1) - minutes(1));
    expect(await drills()).toHaveLength(1);
    await wait(days(6));
    // Bob is on call by then, so that Ada is next.
    expect((await drills()).map(({ recipient }) => recipient)).toEqual([bob.email, ada.email]);
  });

  test("waits for working hours in the person's time zone", async () => {
    // 02:00 on Monday in Los Angeles
    const { run, drills, wait, system } = await setUp({ timezone: "America/Los_Angeles" });
    await run();
    await wait(minutes(7 * 60 + 45));
    expect(await drills()).toEqual([]);
    await wait(minutes(15));
    expect(await drills()).toHaveLength(1);
    expect(new Date(system.now()).toISOString()).toBe("2026-11-23T18:00:00.000Z");
  });

  test("waits while the person has an open incident", async () => {
    const { run, drills, wait, page, resolve } = await setUp();
    await page();
    await run();
    expect(await drills()).toEqual([]);
    await resolve();
    await wait(minutes(15));
    expect(await drills()).toHaveLength(1);
  });

  test("is not sent to a team that has switched drills off", async () => {
    const { seen, run, drills } = await setUp();
    const rule = { withinSeconds: 300, channels: 1, drill: "off" } as const;
    await seen.schedules.putReadiness(team, rule, 1);
    await run();
    expect(await drills()).toEqual([]);
  });

  test("reaches the next contact method if the first did not deliver it", async () => {
    const { deps, run, drills, system } = await setUp();
    await run();
    const [sent] = await drills();
    const report = { at: system.now(), kind: "undelivered", detail: "failed", providerId: "SM1" } as const;
    for (let times = 0; times < 2; times += 1)
      await reportDelivery(deps, sent?.id ?? "", report, system.now());
    await system.pump();
    expect((await drills()).map(({ channel, status }) => [channel, status]).toSorted()).toEqual([
      ["email", "sent"],
      ["sms", "failed"],
    ]);
  });

  test.each(["no-answer", "busy", "failed"])(
    "goes on to the next contact method at once if a call ends with %s",
    async (status) => {
      const { deps, run, drills, system } = await setUp({ methods: [voice, mail], delays: [0, 600] });
      await run();
      const [call] = await drills();
      system.advance(seconds(30));
      const report = { kind: "undelivered", detail: status, providerId: "CA1", at: system.now() } as const;
      await reportDelivery(deps, call?.id ?? "", report, system.now());
      await system.pump();
      expect((await drills()).map(({ channel, status }) => [channel, status]).toSorted()).toEqual([
        ["email", "sent"],
        ["voice", "failed"],
      ]);
      expect(system.now()).toBe(monday + seconds(30));
    },
  );

  test("is followed by the next contact method if the provider does not report on a call", async () => {
    const { run, drills, system } = await setUp({ methods: [voice, mail] });
    await run();
    system.advance(seconds(90));
    await system.pump();
    expect((await drills()).map(({ channel, status }) => [channel, status]).toSorted()).toEqual([
      ["email", "sent"],
      ["voice", "failed"],
    ]);
  });

  test("stops at the next step if an incident pages the person, and has no result", async () => {
    const { system, run, drills, wait, notices, state, page, resolve } = await setUp({ delays: [0, 600] });
    await run();
    await wait(minutes(9));
    await page();
    await resolve();
    await wait(minutes(1));
    expect((await drills()).map(({ channel, status }) => [channel, status])).toEqual([
      ["sms", "sent"],
      ["email", "suppressed"],
    ]);
    const [, suppressed] = await drills();
    expect(suppressed?.reason).toBe("the person was paged about an incident before it was sent");
    await wait(minutes(5));
    expect(await state()).toMatchObject({ canceledAt: system.now(), missedAt: null });
    await wait(minutes(30));
    expect(await notices()).toEqual([]);
    await wait(days(1));
    expect(await drills()).toHaveLength(2);
  });

  test("skips contact methods without a provider, whose messages would only be printed", async () => {
    const { run, drills } = await setUp({ methods: [printed, phone, mail], delays: [0, 60] });
    await run();
    expect((await drills()).map(({ channel }) => channel)).toEqual(["sms"]);
  });

  test.each([
    ["whose contact methods have no provider", { methods: [printed, phone], delays: [0] }],
    ["whose first message would be sent after its end", { delays: [1_800] }],
  ])("is not sent to someone %s, and their readiness says so", async (_, options) => {
    const { run, drills, wait, notices, state, readiness } = await setUp(options);
    await run();
    await wait(minutes(30));
    expect(await drills()).toEqual([]);
    expect(await notices()).toEqual([]);
    expect(await state()).toBeUndefined();
    expect((await readiness())?.faults).toContain("no_drill");
  });

  test("says only what is true for its recipient", async () => {
    const { run, drills } = await setUp();
    await run();
    expect((await drills())[0]?.message).toBe(
      "Drill: acknowledge to show that pages reach you\nThis is the weekly drill of payments. There is no incident.",
    );
  });

  test("sends nothing after its end, whatever its pages waited for", async () => {
    const { deps, drills, system } = await setUp();
    await sendDrills(deps);
    system.advance(minutes(30));
    await system.pump();
    expect(system.pages).toEqual([]);
    expect(await drills()).toMatchObject([{ status: "suppressed" }]);
  });

  test("does not page someone who was forgotten", async () => {
    const { seen, run, drills } = await setUp();
    const former = pseudonymOf("12345678");
    await seen.schedules.putOverride(
      anOverride({ team, person: former, start: monday + days(1), end: monday + days(20) }),
    );
    await run();
    expect((await drills()).map(({ recipient }) => recipient)).toEqual([bob.email]);
  });

  test("is completed after a crash, and each page is sent once", async () => {
    const { deps, run, drills, system } = await setUp();
    const notificationQueue = { send: () => Promise.reject(new Unavailable("the process ended")) };
    await sendDrills({ ...deps, notificationQueue });
    await run();
    await run();
    expect(await drills()).toHaveLength(1);
    expect(system.pages).toHaveLength(1);
  });
});

describe("the answer to a drill", () => {
  test("is sealed in the proof, verifies the method, and cancels later pages", async () => {
    const { system, deps, run, drills, wait, state, seen } = await setUp({ delays: [0, 600] });
    await run();
    const [sent, later] = await drills();
    if (!sent || !later) throw new Error("no drill");
    const at = system.now() + 1;
    const answered = await confirmNotification(deps, sent.id, { detail: "link", providerId: "link" }, at);
    expect(answered.receipts).toMatchObject([{ kind: "answered", detail: "link" }]);
    expect(proofOf(answered, sha256)).toMatchObject({ brokenAt: null, brokenReceiptAt: null });
    expect(await state()).toMatchObject({ answeredAt: at });
    const verified = (await seen.users.find(bob.email))?.contactMethods[0]?.verifiedAt;
    expect(verified).toBe(at);
    expect((await seen.reachability.load(bob.email)).answeredAt).toBe(at);
    await wait(minutes(15));
    expect(await seen.notifications.find(later.id)).toMatchObject({ status: "suppressed" });
    expect(await state()).toMatchObject({ answeredAt: at, missedAt: null });
  });

  test("comes by text message, if no incident is open", async () => {
    const { system, deps, run, state } = await setUp();
    const reply = {
      person: bob.email,
      text: "ack",
      channel: "sms",
      address: phone.address,
      messageId: "SM1",
    };
    expect(await runCommand(deps, reply, system.now())).toContain("No incident");
    await run();
    expect(await runCommand(deps, { ...reply, messageId: "SM2" }, system.now())).toBe(
      "Thank you. The drill is answered.",
    );
    expect(await state()).toMatchObject({ answeredAt: system.now() });
  });

  test("comes by a key in a call", async () => {
    const { system, deps, run, drills, state } = await setUp({ methods: [voice, mail] });
    await run();
    const [call] = await drills();
    if (!call) throw new Error("no call");
    expect(await describeCall(deps, call)).toMatchObject({
      text: expect.stringContaining("Press 4"),
      takesKeys: true,
    });
    await answerCall(deps, call, { key: "9", call: "CA1" }, system.now());
    expect(await state()).toMatchObject({ answeredAt: null });
    await answerCall(deps, call, { key: "4", call: "CA1" }, system.now());
    expect(await state()).toMatchObject({ answeredAt: system.now() });
  });
});

describe("a missed drill", () => {
  test("notifies the person and the team's channels once, and escalates to nobody", async () => {
    const { run, notices, wait, state, seen, drills, deps, system } = await setUp();
    const channelOf = (address: string) => ({ id: address, channel: "slack", address, events: [] });
    // Nothing is written to a user group.
    await seen.teamChannels.put(team, [channelOf("#payments"), channelOf("S0PAYMENTS")]);
    await run();
    await wait(minutes(15));
    expect(await notices()).toEqual([]);
    await wait(minutes(15));
    await wait(minutes(1));
    expect((await notices()).map(({ channel, recipient }) => [channel, recipient]).toSorted()).toEqual([
      ["email", bob.email],
      ["slack", `team:${team}`],
    ]);
    expect(await state()).toMatchObject({ missedAt: monday + minutes(30), answeredAt: null });
    expect(await drills()).toHaveLength(1);
    const { items } = await seen.incidents.list({}, everything);
    expect(items).toEqual([]);
    // A late answer is recorded too.
    const [sent] = await drills();
    await confirmNotification(deps, sent?.id ?? "", { detail: "link", providerId: "link" }, system.now());
    expect(await state()).toMatchObject({ answeredAt: system.now() });
  });

  test("is reported once also after a crash in the middle", async () => {
    const { run, notices, wait, state, deps, system } = await setUp();
    await run();
    system.advance(minutes(30));
    const save = () => Promise.reject(new Unavailable("the process ended"));
    await sendDrills({ ...deps, drills: { ...deps.drills, save } });
    expect(await state()).toMatchObject({ missedAt: null });
    await wait(minutes(1));
    expect(await notices()).toHaveLength(1);
    expect(await state()).toMatchObject({ missedAt: monday + minutes(31) });
  });
});

test("a whole drill: an unanswered call, the answer to the text message that follows, and readiness", async () => {
  const { system, deps, run, drills, wait, state, readiness } = await setUp({
    methods: [voice, phone, mail],
  });
  expect(await readiness()).toMatchObject({ answeredAt: null });
  await run();
  const [call] = await drills();
  system.advance(seconds(30));
  const ended = { kind: "undelivered", detail: "no-answer", providerId: "CA1", at: system.now() } as const;
  await reportDelivery(deps, call?.id ?? "", ended, system.now());
  await system.pump();
  expect(system.pages.map(({ channel }) => channel)).toEqual(["voice", "sms"]);

  system.advance(seconds(45));
  const at = system.now();
  const reply = { person: bob.email, text: "ack", channel: "sms", address: phone.address, messageId: "SM1" };
  expect(await runCommand(deps, reply, at)).toBe("Thank you. The drill is answered.");
  expect(await state()).toMatchObject({ answeredAt: at, missedAt: null });
  expect((await readiness())?.faults).not.toContain("missed_drill");
  expect(await readiness()).toMatchObject({ answeredAt: at });
  for (const each of await drills()) {
    expect(proofOf(each, sha256)).toMatchObject({ brokenAt: null, brokenReceiptAt: null });
  }
  expect(
    (await drills()).flatMap(({ channel, receipts }) => receipts.map(({ kind }) => [channel, kind])),
  ).toEqual(
    expect.arrayContaining([
      ["voice", "undelivered"],
      ["sms", "answered"],
    ]),
  );
  await wait(minutes(31));
  expect(await state()).toMatchObject({ answeredAt: at, missedAt: null });
  expect(system.pages).toHaveLength(2);
});
