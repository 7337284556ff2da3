import { describe, expect, test } from "vitest";
import { aDraft, ada, aPolicy, aSchedule, aUser, minutes } from "../../../../tests/support/builders.ts";
import { adaThenBob, incidentOf } from "../../../../tests/support/memory/escalation.ts";
import { type TestSystem, testSystem } from "../../../../tests/support/memory/system.ts";
import {
  change,
  faultSuite,
  post,
  twoLevels,
  untilAnswered,
} from "../../../../tests/support/suites/fault-suite.ts";
import { changeIncident } from "../change-incident.ts";
import { respondToIncident } from "../respond-to-incident.ts";
import { requestResponders } from "./request-responders.ts";

const everything = { limit: 200, after: null };

const eva = "eva@example.com";

type Asked = Partial<Parameters<typeof requestResponders>[2]>;

const nobody = { emails: [], teams: [], message: null, actor: ada.email };

const request = async (system: TestSystem, asked: Asked) =>
  requestResponders(system.deps, (await incidentOf(system)).id, { ...nobody, ...asked }, system.now());

/** Asks Eva with an Idempotency-Key. */
const askEva = (key: string) => (system: TestSystem) =>
  system.request(key, async (now, ulid) => {
    const { id } = await incidentOf(system);
    return requestResponders({ ...system.deps, ulid }, id, { ...nobody, emails: [eva] }, now);
  });

const acknowledge = async (system: TestSystem, actor: string) =>
  changeIncident(
    system.deps,
    (await incidentOf(system)).id,
    { commands: [{ type: "move", to: "acknowledged", actor }], note: null, actor },
    system.now(),
  );

const pagesTo = async (system: TestSystem, recipient: string) =>
  (await system.seen.notifications.list({ recipient }, everything)).items.filter(
    ({ kind }) => kind === "page",
  );

/** An incident that Ada has acknowledged. */
async function acknowledged(): Promise<TestSystem> {
  const system = testSystem();
  await twoLevels(system);
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.settle({ within: minutes(1) });
  await acknowledge(system, ada.email);
  await system.settle({ within: minutes(1) });
  return system;
}

describe("a request for responders", () => {
  test("pages a person by their own rules, although the incident is acknowledged", async () => {
    const system = await acknowledged();
    await system.seen.users.put(
      aUser({
        email: eva,
        name: "Eva",
        contactMethods: [
          { id: "sms", channel: "sms", address: "+4930" },
          { id: "mail", channel: "email", address: eva },
        ],
        notificationRules: [
          { contactMethodId: "sms", delaySeconds: 0 },
          { contactMethodId: "mail", delaySeconds: 300 },
        ],
      }),
    );
    await request(system, { emails: [eva], message: "Do you know this?" });
    await system.settle({ within: minutes(1) });
    const [mail, sms] = (await pagesTo(system, eva)).toSorted((a, b) => a.channel.localeCompare(b.channel));
    expect(sms).toMatchObject({ channel: "sms", status: "sent" });
    expect(sms?.message).toMatch(/^ada@example\.com asks for your help: #1 .*\n\nDo you know this\?$/);
    expect(mail).toMatchObject({ channel: "email", status: "queued" });
    expect(await incidentOf(system)).toMatchObject({
      status: "acknowledged",
      responders: [{ name: "Eva", email: eva, answeredAt: null }],
    });
    // Another's acknowledgement cancels nothing; their own answer does.
    await acknowledge(system, "bob@example.com");
    await system.pump();
    expect((await pagesTo(system, eva)).filter(({ status }) => status === "queued")).toHaveLength(1);
    const before = await incidentOf(system);
    const answered = system.now();
    await acknowledge(system, "Eva <eva@example.com>");
    await system.settle();
    const after = await incidentOf(system);
    expect(after.responders).toMatchObject([{ email: eva, answeredAt: answered }]);
    expect(after).toMatchObject({
      acknowledgedBy: before.acknowledgedBy,
      assignedTo: before.assignedTo,
      escalation: before.escalation,
    });
    expect((await pagesTo(system, eva)).map(({ status }) => status).toSorted()).toEqual([
      "sent",
      "suppressed",
    ]);
  });

  test("to a team pages whoever its first rule reaches, and to the same person pages once", async () => {
    const system = await acknowledged();
    await system.seen.schedules.create(aSchedule({ team: "search" }, adaThenBob));
    await system.seen.schedules.putPolicy("search", aPolicy({ delaySeconds: 60 }));
    await request(system, { teams: ["search"], emails: [ada.email] });
    await system.settle({ within: minutes(2) });
    expect((await incidentOf(system)).responders).toMatchObject([ada]);
    expect((await incidentOf(system)).responders).toHaveLength(1);
  });

  test("names people as their user records do, otherwise as it was made", async () => {
    const system = await acknowledged();
    await system.seen.users.put(aUser({ email: eva, name: "Eva Luna", contactMethods: [] }));
    const people = [
      { name: "Eva", email: eva },
      { name: "Finn", email: "finn@example.com" },
    ];
    await request(system, { people, emails: ["gus@example.com"] });
    expect((await incidentOf(system)).responders?.map(({ name }) => name)).toEqual([
      "gus@example.com",
      "Eva Luna",
      "Finn",
    ]);
  });

  test("that is made again pages again, and waits for an answer again", async () => {
    const system = await acknowledged();
    await request(system, { emails: [eva] });
    await system.settle({ within: minutes(1) });
    await acknowledge(system, eva);
    expect((await incidentOf(system)).responders).not.toMatchObject([{ answeredAt: null }]);
    await request(system, { emails: [eva] });
    await system.settle({ within: minutes(1) });
    expect(await pagesTo(system, eva)).toHaveLength(2);
    expect((await incidentOf(system)).responders).toMatchObject([{ email: eva, answeredAt: null }]);
  });

  test("is answered with an acknowledgement, which counts while the incident is open", async () => {
    const system = testSystem();
    await twoLevels(system);
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.settle({ within: minutes(1) });
    await request(system, { emails: [eva] });
    const { id } = await incidentOf(system);
    expect(await respondToIncident(system.deps, id, "acknowledge", eva, system.now())).toMatchObject({
      outcome: "done",
      incident: { status: "acknowledged", acknowledgedBy: eva },
    });
    system.advance(1_000);
    await request(system, { emails: [eva] });
    const answer = () => respondToIncident(system.deps, id, "acknowledge", eva, system.now());
    expect((await answer()).outcome).toBe("answered");
    system.advance(1_000);
    expect((await answer()).outcome).toBe("already");
    await system.settle();
    await expectEvents(system, ["responders_requested", "responder_answered"], 2);
  });

  test("names the team that does not exist, and the one that reaches no one", async () => {
    const system = await acknowledged();
    await system.seen.schedules.putPolicy("nobody", aPolicy({ delaySeconds: 60 }));
    await expect(request(system, { teams: ["checkout", "none", "nobody"] })).rejects.toMatchObject({
      code: "invalid",
      faults: [{ path: "teams.1" }, { path: "teams.2" }],
    });
  });

  test("for a resolved incident is a conflict", async () => {
    const system = await acknowledged();
    await change("resolved")(system);
    await expect(request(system, { emails: [eva] })).rejects.toMatchObject({ code: "conflict" });
  });
});

async function expectEvents(system: TestSystem, types: readonly string[], times: number): Promise<void> {
  const { events } = await system.seen.incidentEvents.history((await incidentOf(system)).id);
  for (const type of types)
    expect(
      events.filter((event) => event.type === type),
      type,
    ).toHaveLength(times);
}

faultSuite([
  {
    name: "a responder who is asked twice and answers",
    arrange: twoLevels,
    steps: [
      post({ dedupKey: "a" }),
      change("acknowledged"),
      askEva("first"),
      askEva("second"),
      async (system) => {
        const { id } = await incidentOf(system);
        return untilAnswered((_, at) => respondToIncident(system.deps, id, "acknowledge", eva, at))(system);
      },
    ],
    atLeastCalls: 20,
  },
]);
