import { describe, expect, test } from "vitest";
import { ada, aSchedule, aUser, bob, minutes, monday } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import type { Destination, PersonalMethod } from "../../../domain/access/contact.ts";
import { NotFound } from "../../../domain/errors.ts";
import { phoneStore } from "../../../storage/access/phone-store.ts";
import { pushDeviceStore } from "../../../storage/access/push-device-store.ts";
import { reachabilityStore } from "../../../storage/access/reachability-store.ts";
import { userStore } from "../../../storage/access/user-store.ts";
import { drillStore } from "../../../storage/oncall/drill-store.ts";
import { scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { putReadiness } from "./put-readiness.ts";
import { listReadiness, readReadiness } from "./read-readiness.ts";

const verifiedAt = monday;
const phone = { id: "phone", channel: "sms", address: "+4915112345678" };
const mail = { id: "mail", channel: "email", address: ada.email };
const push = { id: "push", channel: "push", address: ada.email };

async function setUp(contactMethods: readonly PersonalMethod[], delaySeconds = 0) {
  const table = memoryTable(() => monday);
  const deps = {
    schedules: scheduleStore(table),
    users: userStore(table),
    reachability: reachabilityStore(table),
    pushDevices: pushDeviceStore(table),
    phones: phoneStore(table),
    drills: drillStore(table),
    hasProvider: ({ channel }: Destination) => channel !== "slack",
  };
  await deps.schedules.create(aSchedule({ team: "payments" }));
  const [first] = contactMethods;
  const notificationRules = first ? [{ contactMethodId: first.id, delaySeconds }] : [];
  await deps.users.put(aUser({ email: ada.email, contactMethods, notificationRules }));
  const read = async () => {
    const { people } = await readReadiness(deps, "payments", monday);
    const found = people.find(({ person }) => person.email === ada.email);
    if (!found) throw new Error("Ada is not on the schedule");
    return {
      ...found,
      faultOf: Object.fromEntries(found.methods.map((each) => [each.method.id, each.fault])),
    };
  };
  return { deps, read };
}

describe("a person", () => {
  test("is ready with verified contact methods of two channels, one of them in time", async () => {
    const { read } = await setUp([
      { ...phone, verifiedAt },
      { ...mail, verifiedAt },
    ]);
    expect(await read()).toMatchObject({ faults: [], answeredAt: null });
  });

  test("is not ready by methods that are unverified, simulated, stopped or without a device", async () => {
    const chat = { id: "chat", channel: "slack", address: "#ada", verifiedAt };
    const { deps, read } = await setUp([{ ...phone, verifiedAt }, mail, chat, { ...push, verifiedAt }]);
    await deps.phones.stop(phone.address, monday);
    expect(await read()).toMatchObject({
      faults: ["late", "too_few_channels"],
      faultOf: { phone: "stopped", mail: "unverified", chat: "simulated", push: "no_devices" },
    });
    const none = await deps.pushDevices.load(ada.email);
    const device = { id: "psh_1", endpoint: "https://push.example.com", p256dh: "p", auth: "a", name: "x" };
    await deps.pushDevices.save({ ...none, devices: [{ ...device, createdAt: monday }] }, none);
    await deps.phones.restart(phone.address);
    expect(await read()).toMatchObject({ faults: [], faultOf: { phone: null, push: null } });
  });

  test("is late if the first verified method is used after the time of the team", async () => {
    const methods = [
      { ...phone, verifiedAt },
      { ...mail, verifiedAt },
    ];
    const { deps, read } = await setUp(methods, 301);
    expect(await read()).toMatchObject({ faults: ["late"] });
    await putReadiness(deps, "payments", { withinSeconds: 301, channels: 3, drill: "off" }, monday);
    expect(await read()).toMatchObject({ faults: ["too_few_channels"] });
    await putReadiness(deps, "payments", { withinSeconds: 301, channels: 2, drill: "off" }, monday);
    expect(await read()).toMatchObject({ faults: [] });
  });

  test("without a record is reached by an unverified email", async () => {
    const { deps } = await setUp([]);
    const { people } = await readReadiness(deps, "payments", monday);
    expect(people.map(({ person }) => person.email)).toEqual([ada.email, bob.email]);
    expect(people[1]).toMatchObject({
      faults: ["late", "too_few_channels"],
      methods: [{ method: { channel: "email", address: bob.email }, fault: "unverified" }],
    });
  });

  test("shows the last answer and a missed drill until it is answered", async () => {
    const { deps, read } = await setUp([
      { ...phone, verifiedAt },
      { ...mail, verifiedAt },
    ]);
    const none = await deps.reachability.load(ada.email);
    await deps.reachability.save({ ...none, answeredAt: monday }, none);
    const started = { team: "payments", week: "2026-11-23", email: ada.email, startedAt: monday };
    const missed = {
      ...started,
      answerBy: monday,
      answeredAt: null,
      missedAt: monday + minutes(30),
      canceledAt: null,
      version: 0,
    };
    await deps.drills.save(missed, undefined);
    expect(await read()).toMatchObject({ faults: ["missed_drill"], answeredAt: monday });
    const [known] = await deps.drills.findAll(["payments"]);
    await deps.drills.save({ ...missed, answeredAt: monday + minutes(40), version: 1 }, known);
    expect(await read()).toMatchObject({ faults: [] });
  });
});

test("teams are listed in pages, and a team without a schedule is unknown", async () => {
  const { deps } = await setUp([]);
  await deps.schedules.create(aSchedule({ id: "sch_2", team: "search" }));
  const first = await listReadiness(deps, { limit: 1, after: null }, monday);
  const second = await listReadiness(deps, { limit: 1, after: first.next }, monday);
  const teams = [...first.items, ...second.items].map(({ team }) => team);
  expect(teams.toSorted()).toEqual(["payments", "search"]);
  expect(second.next).toBeNull();
  await expect(readReadiness(deps, "nobody", monday)).rejects.toThrow(NotFound);
  await expect(
    putReadiness(deps, "nobody", { withinSeconds: 1, channels: 1, drill: "off" }, monday),
  ).rejects.toThrow(NotFound);
});
