import { beforeEach, describe, expect, test } from "vitest";
import { aUser, countingUlids, monday, seconds } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { profileBase } from "../../domain/edit-base.ts";
import { Conflict, EditConflict, Invalid, NotFound } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { userStore } from "../../storage/access/user-store.ts";
import { notificationStore } from "../../storage/notifications/notification-store.ts";
import { teamChannelStore } from "../../storage/notifications/team-channel-store.ts";
import type { Table } from "../../storage/table.ts";
import { addContactMethod } from "../access/add-contact-method.ts";
import { putUser } from "../access/put-user.ts";
import { saveProfile } from "../access/save-profile.ts";
import { sendTestMessage } from "./send-test-message.ts";
import { addTeamChannel } from "./team-channels/add-team-channel.ts";
import { removeTeamChannel } from "./team-channels/remove-team-channel.ts";

let table: Table;
beforeEach(() => {
  table = memoryTable(() => monday);
});
const users = () => ({ users: userStore(table) });
const channels = () => ({ teamChannels: teamChannelStore(table) });
const ada = { email: "ada@example.com", name: "Ada", timezone: "UTC" };
const base = profileBase(aUser(ada));
const mail = { channel: "email", address: " Ada@Example.com " } as const;
const mailTo = (index: number) => ({ channel: "email", address: `ada+${index}@example.com` }) as const;
const hookTo = (index: number) =>
  ({ channel: "webhook", address: `https://example.com/${index}`, events: ["triggered"] }) as const;

describe("a contact method that is added", () => {
  test("has its own ID and the stored address", async () => {
    await saveProfile(users(), ada, "", monday);
    for (const count of [1, 2, 3]) await addContactMethod(users(), ada.email, mailTo(count), monday);
    const { contactMethods } = await addContactMethod(users(), ada.email, mail, monday + seconds(1));
    expect(contactMethods.map(({ id }) => id)).toEqual(["email", "email-2", "email-3", "email-4"]);
    expect(contactMethods[3]?.address).toBe("ada@example.com");
  });

  test("is rejected at its address if the user has it, however it is written", async () => {
    await saveProfile(users(), ada, "", monday);
    await addContactMethod(users(), ada.email, mail, monday);
    const again = addContactMethod(users(), ada.email, { ...mail, address: "ada@example.com" }, monday);
    await expect(again).rejects.toMatchObject({ code: "invalid", faults: [{ path: "address" }] });
    await addContactMethod(users(), ada.email, { ...mail, channel: "console" }, monday);
  });

  test("is rejected above the limit, and for unknown users", async () => {
    await saveProfile(users(), ada, "", monday);
    for (let count = 0; count < limits.contactMethods; count += 1)
      await addContactMethod(users(), ada.email, mailTo(count), monday);
    await expect(addContactMethod(users(), ada.email, mail, monday)).rejects.toThrow(Conflict);
    await expect(addContactMethod(users(), "bob@example.com", mail, monday)).rejects.toThrow(NotFound);
  });

  test("stays when others are added at the same time", async () => {
    await saveProfile(users(), ada, "", monday);
    await Promise.all([1, 2, 3].map((count) => addContactMethod(users(), ada.email, mailTo(count), monday)));
    const { contactMethods = [] } = (await users().users.find(ada.email)) ?? {};
    expect(contactMethods.map(({ id }) => id)).toEqual(["email", "email-2", "email-3"]);
  });

  test("stays when the name is changed", async () => {
    await saveProfile(users(), ada, "", monday);
    await addContactMethod(users(), ada.email, mail, monday);
    const renamed = { ...ada, name: "Ada L." };
    const user = await saveProfile(users(), renamed, base, monday + seconds(1));
    expect(user).toMatchObject({ name: "Ada L.", contactMethods: [{ id: "email" }] });
  });

  test("survives a concurrent update of the user, or is removed by it", async () => {
    await saveProfile(users(), ada, "", monday);
    const whole = aUser({ ...ada, contactMethods: [{ id: "sms", channel: "sms", address: "+4912345" }] });
    await Promise.all([putUser(users(), whole), addContactMethod(users(), ada.email, mail, monday)]);
    const { contactMethods = [] } = (await users().users.find(ada.email)) ?? {};
    expect(["sms", "sms email"]).toContain(contactMethods.map(({ id }) => id).join(" "));
  });
});

describe("a profile form", () => {
  test("that conflicts with a newer change is rejected, and saves nothing", async () => {
    const { updatedAt } = await saveProfile(users(), ada, "", monday);
    await saveProfile(users(), { ...ada, name: "Ada L." }, base, monday);
    const late = saveProfile(users(), { ...ada, timezone: "Europe/Berlin" }, base, monday);
    await expect(late).rejects.toThrow(EditConflict);
    const stored = await users().users.find(ada.email);
    expect(stored).toMatchObject({ name: "Ada L.", timezone: "UTC", updatedAt: updatedAt + 1 });
  });

  test("for a new user does not change an existing one", async () => {
    await saveProfile(users(), ada, "", monday);
    await expect(saveProfile(users(), { ...ada, name: "Eve" }, "", monday)).rejects.toThrow(EditConflict);
    expect(await users().users.find(ada.email)).toMatchObject({ name: "Ada" });
  });

  test("that says what is stored already is no conflict", async () => {
    await saveProfile(users(), ada, "", monday);
    expect(await saveProfile(users(), ada, "", monday)).toMatchObject(ada);
  });

  test("is saved by one of two who save it at the same time", async () => {
    await saveProfile(users(), ada, "", monday);
    const names = ["Ada B.", "Ada C."];
    const saved = await Promise.allSettled(
      names.map((name) => saveProfile(users(), { ...ada, name }, base, monday)),
    );
    expect(saved.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

test("a team's channels are added one by one, up to the most, and removed by their id", async () => {
  for (let count = 0; count < limits.teamChannels; count += 1)
    await addTeamChannel(channels(), "pay", hookTo(count));
  await expect(addTeamChannel(channels(), "pay", hookTo(99))).rejects.toThrow(Conflict);
  await removeTeamChannel(channels(), "pay", "webhook-2");
  await removeTeamChannel(channels(), "pay", "webhook-2");
  await expect(addTeamChannel(channels(), "pay", hookTo(0))).rejects.toThrow(Invalid);
  await addTeamChannel(channels(), "pay", hookTo(99));
  const found = await channels().teamChannels.find("pay");
  expect(found).toHaveLength(limits.teamChannels);
  expect(new Set(found.map(({ id }) => id)).size).toBe(limits.teamChannels);
});

test("a test message is stored before it is queued, is about no incident, and can't be mistaken for a page", async () => {
  const notifications = notificationStore(table, 0);
  const queued: string[] = [];
  const notificationQueue = {
    async send(due: readonly { readonly id: string }[]) {
      for (const { id } of due) {
        expect(await notifications.find(id)).toMatchObject({
          kind: "message",
          incidentId: null,
          status: "queued",
        });
        queued.push(id);
      }
    },
  };
  const deps = { notifications, notificationQueue, ulid: countingUlids() };
  const sent = await sendTestMessage(deps, "ada@example.com", mail, "bob", monday);
  expect(queued).toEqual([sent.id]);
  expect(sent.message).toContain("Test message from bob");
});

test("channels that are added to a team at the same time are all there", async () => {
  await Promise.all(
    Array.from({ length: 5 }, (_, index) => addTeamChannel(channels(), "pay", hookTo(index))),
  );
  expect(await channels().teamChannels.find("pay")).toHaveLength(5);
});
