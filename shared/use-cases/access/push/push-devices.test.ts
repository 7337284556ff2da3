import { describe, expect, test } from "vitest";
import { aUser, days, monday } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { sha256 } from "../../../crypto/sha256.ts";
import { Conflict, NotFound, Unavailable } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { ContactMethod } from "../../../domain/notifications/notification.ts";
import { pushDeviceStore } from "../../../storage/access/push-device-store.ts";
import { reachabilityStore } from "../../../storage/access/reachability-store.ts";
import { userStore } from "../../../storage/access/user-store.ts";
import { notificationStore } from "../../../storage/notifications/notification-store.ts";
import { deleteUser } from "../delete-user.ts";
import { addPushDevice } from "./add-push-device.ts";
import { dropPushDevice } from "./drop-push-device.ts";
import { removePushDevice } from "./remove-push-device.ts";
import { renewPushDevice } from "./renew-push-device.ts";

const email = "ada@example.com";
const subscription = (name: string) => ({
  endpoint: `https://push.example.com/${name}`,
  p256dh: "p",
  auth: "a",
  name,
});

async function setUp(contactMethods: readonly ContactMethod[] = []) {
  const table = memoryTable(() => monday);
  const queued: string[] = [];
  const deps = {
    users: userStore(table),
    pushDevices: pushDeviceStore(table),
    reachability: reachabilityStore(table),
    notifications: notificationStore(table),
    notificationQueue: {
      send: async (list: readonly { id: string }[]) => void queued.push(...list.map(({ id }) => id)),
    },
    digest: (text: string) => sha256(text).slice(0, 32),
  };
  await deps.users.put(aUser({ email, contactMethods }));
  return {
    deps,
    queued,
    table,
    add: (name: string, at = monday) => addPushDevice(deps, email, subscription(name), at),
    names: async () => (await deps.pushDevices.load(email)).devices.map(({ name }) => name),
    methods: async () => (await deps.users.find(email))?.contactMethods,
  };
}

describe("a browser that enables push", () => {
  test("is stored, and the first one becomes a contact method", async () => {
    const { add, names, methods } = await setUp();
    await add("phone");
    await add("laptop");
    expect(await names()).toEqual(["phone", "laptop"]);
    expect(await methods()).toEqual([{ id: "push", channel: "push", address: email }]);
  });

  test("again with its endpoint stays the same device", async () => {
    const { add, names } = await setUp();
    const first = await add("phone");
    expect(await add("phone", monday + 1)).toEqual({ ...first, createdAt: monday + 1 });
    expect(await names()).toEqual(["phone"]);
  });

  test("at the same time as others loses none of them", async () => {
    const { add, names, methods } = await setUp();
    await Promise.all(["a", "b", "c"].map((name) => add(name)));
    expect((await names()).toSorted()).toEqual(["a", "b", "c"]);
    expect(await methods()).toHaveLength(1);
  });

  test("is refused when there is no room, and for an unknown user", async () => {
    const { deps, add } = await setUp();
    for (let count = 0; count < limits.pushDevices; count += 1) await add(`${count}`);
    await expect(add("one more")).rejects.toThrow(Conflict);
    expect(await add("0")).toMatchObject({ name: "0" });
    await expect(addPushDevice(deps, "none@example.com", subscription("x"), monday)).rejects.toThrow(
      NotFound,
    );

    const methods = Array.from({ length: limits.contactMethods }, (_, index) => ({
      id: `m${index}`,
      channel: "console",
      address: `${index}`,
    }));
    const full = await setUp(methods);
    await expect(full.add("phone")).rejects.toThrow(Conflict);
    expect(await full.names()).toEqual([]);
  });

  test("completes what a crash interrupted", async () => {
    const { deps, add, names, methods } = await setUp();
    const { put } = deps.users;
    deps.users.put = () => Promise.reject(new Unavailable("the process ended"));
    await expect(add("phone")).rejects.toThrow(Unavailable);
    expect([await names(), await methods()]).toEqual([["phone"], []]);
    deps.users.put = put;
    await add("phone");
    expect([await names(), await methods()]).toMatchObject([["phone"], [{ channel: "push" }]]);
  });
});

test("removing a device keeps the contact method; deleting the user removes everything", async () => {
  const { deps, add, names, methods, table } = await setUp();
  const { id } = await add("phone");
  expect(await removePushDevice(deps, email, id)).toMatchObject({ name: "phone" });
  await expect(removePushDevice(deps, email, id)).rejects.toThrow(NotFound);
  expect([await names(), await methods()]).toMatchObject([[], [{ channel: "push" }]]);
  await add("laptop");
  await deleteUser(deps, email, monday);
  expect(table.all()).toEqual([]);
});

describe("a device whose browser has renewed its subscription", () => {
  test("keeps its name and its place, also when the renewal is repeated", async () => {
    const { deps, add, names } = await setUp();
    const phone = await add("phone");
    await add("laptop");
    const renewal = { ...subscription("renewed"), p256dh: "p2" };
    const renewed = await renewPushDevice(deps, email, phone.id, renewal, monday + 1);
    expect(renewed).toMatchObject({ name: "phone", p256dh: "p2", createdAt: monday + 1 });
    expect(await renewPushDevice(deps, email, phone.id, renewal, monday + 2)).toEqual(renewed);
    expect(await names()).toEqual(["phone", "laptop"]);
  });

  test("does not come back after it was removed", async () => {
    const { deps, add, names } = await setUp();
    const phone = await add("phone");
    await removePushDevice(deps, email, phone.id);
    await expect(renewPushDevice(deps, email, phone.id, subscription("x"), monday)).rejects.toThrow(NotFound);
    expect(await names()).toEqual([]);
  });
});

describe("a device that its push service no longer knows", () => {
  test("is removed, and its owner is notified once, also after a crash between the two", async () => {
    const { deps, add, names, queued } = await setUp();
    const phone = await add("phone");
    await add("laptop");
    const { save } = deps.pushDevices;
    deps.pushDevices.save = () => Promise.reject(new Unavailable("the process ended"));
    await expect(dropPushDevice(deps, email, phone, monday)).rejects.toThrow(Unavailable);
    deps.pushDevices.save = save;
    await dropPushDevice(deps, email, phone, monday + days(1));
    expect(await names()).toEqual(["laptop"]);
    const { items } = await deps.notifications.list({ recipient: email }, { limit: 10, after: null });
    expect(items).toMatchObject([{ channel: "email", address: email, kind: "message" }]);
    expect(items[0]?.message).toMatch(/^Push no longer reaches phone\n/);
    expect(new Set(queued)).toEqual(new Set([items[0]?.id]));
  });

  test("stays if it has subscribed again since", async () => {
    const { deps, add, names } = await setUp();
    const old = await add("phone");
    await add("phone", monday + 1);
    await dropPushDevice(deps, email, old, monday + 2);
    expect(await names()).toEqual(["phone"]);
  });
});
