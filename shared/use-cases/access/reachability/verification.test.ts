import { describe, expect, test } from "vitest";
import { aUser, minutes, monday, seconds } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { verificationCode } from "../../../crypto/verification-code.ts";
import { Conflict, Invalid, NotFound, TooManyRequests, Unavailable } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { pushDeviceStore } from "../../../storage/access/push-device-store.ts";
import { changeUser } from "../change-user.ts";
import { deleteUser } from "../delete-user.ts";
import { putUser } from "../put-user.ts";
import { enterCode } from "./enter-code.ts";
import { recordAnswer } from "./record-answer.ts";
import { sendCode } from "./send-code.ts";

const email = "ada@example.com";
const phone = { id: "phone", channel: "sms", address: "+4915112345678" };
const mail = { id: "mail", channel: "email", address: email };
const sameSecret = (one: string, other: string) => one === other;

async function setUp() {
  const system = testSystem();
  await system.seen.users.put(aUser({ email, contactMethods: [phone, mail], updatedAt: monday }));
  const deps = { ...system.deps, sameSecret };
  const latest = async () => {
    const { items } = await system.seen.notifications.list({ recipient: email }, { limit: 50, after: null });
    return items.filter(({ kind }) => kind === "verification");
  };
  return {
    system,
    deps,
    latest,
    send: (id = "phone", at = monday) => sendCode(deps, email, id, at),
    enter: (code: string, at = monday, id = "phone") => enterCode(deps, email, id, code, at),
    code: async () => verificationCode((await latest())[0]?.id ?? "", "secret"),
    verifiedAt: async (id = "phone") =>
      (await system.seen.users.find(email))?.contactMethods.find((each) => each.id === id)?.verifiedAt,
  };
}

describe("a code", () => {
  test("goes to the contact method, and verifies it and no other", async () => {
    const { system, send, enter, code, latest, verifiedAt } = await setUp();
    expect(await send()).toEqual({ method: phone, codeExpiresAt: monday + limits.codeSeconds * 1_000 });
    await system.pump();
    const sent = system.pages.find(({ kind }) => kind === "verification");
    expect(sent).toMatchObject({ channel: "sms", address: phone.address });
    expect(sent?.message).toContain(await code());
    expect(await enter(await code(), monday + 1)).toMatchObject({ method: { verifiedAt: monday + 1 } });
    expect([await verifiedAt(), await verifiedAt("mail")]).toEqual([monday + 1, undefined]);
    // Nothing that is stored or listed contains the code.
    const stored = JSON.stringify(system.state().table.all());
    expect((await latest())[0]?.message).toContain("******");
    expect(stored).not.toContain(await code());
  });

  test("can be entered again without effect, and is not sent to a verified method", async () => {
    const { send, enter, code, latest, verifiedAt } = await setUp();
    await send();
    const right = await code();
    await enter(right);
    expect(await enter("000000", monday + 5)).toMatchObject({ codeExpiresAt: null });
    expect(await send("phone", monday + minutes(5))).toMatchObject({ codeExpiresAt: null });
    expect([await verifiedAt(), (await latest()).length]).toEqual([monday, 1]);
  });

  test("expires, and is refused after five wrong ones, also if they are entered at once", async () => {
    const { send, enter, code, verifiedAt } = await setUp();
    await send();
    const right = await code();
    const wrong = right === "123456" ? "654321" : "123456";
    await expect(enter(right, monday + limits.codeSeconds * 1_000)).rejects.toThrow(Invalid);
    const tries = Array.from({ length: limits.codeAttempts + 3 }, () => enter(wrong).catch((error) => error));
    expect((await Promise.all(tries)).every((error) => error instanceof Invalid)).toBe(true);
    await expect(enter(right)).rejects.toMatchObject({ faults: [{ path: "code" }] });
    expect(await verifiedAt()).toBeUndefined();
    await send("phone", monday + minutes(1));
    await enter(await code(), monday + minutes(1));
    expect(await verifiedAt()).toBe(monday + minutes(1));
  });

  test("is sent once in half a minute, and at most ten times per hour and person", async () => {
    const { send, latest } = await setUp();
    await send();
    await expect(send("phone", monday + seconds(29))).rejects.toMatchObject({
      code: "too_many_requests",
      retryAfterSeconds: 1,
      message: "A code was just sent and is still valid. If it does not arrive, request another one in 1 s",
    });
    expect(await latest()).toHaveLength(1);
    await send("phone", monday + seconds(30));
    for (let count = 2; count < limits.codesPerHour; count += 1) await send("mail", monday + minutes(count));
    await expect(send("phone", monday + minutes(30))).rejects.toMatchObject({
      code: "too_many_requests",
      retryAfterSeconds: 30 * 60,
    });
    await send("phone", monday + minutes(60));
    expect(await latest()).toHaveLength(limits.codesPerHour + 1);
  });

  test("counts, also after the user deleted and created their record, for an hour", async () => {
    const { deps: codeDeps, system, send } = await setUp();
    const deps = { ...codeDeps, pushDevices: pushDeviceStore(system.state().table) };
    for (let count = 0; count < limits.codesPerHour; count += 1) await send("phone", monday + minutes(count));
    await deleteUser(deps, email, monday + minutes(20));
    await system.seen.users.put(aUser({ email, contactMethods: [phone, mail], updatedAt: monday }));
    await expect(send("phone", monday + minutes(30))).rejects.toThrow(TooManyRequests);
    await deleteUser(deps, email, monday + minutes(69));
    expect(
      system
        .state()
        .table.all()
        .filter(({ entity }) => entity === "reachability"),
    ).toEqual([]);
  });

  test("does not verify an address that was changed since", async () => {
    const { deps, send, enter, code, verifiedAt } = await setUp();
    await send();
    const right = await code();
    const user = aUser({ email, contactMethods: [{ ...phone, address: "+4915100000000" }, mail] });
    await putUser(deps, { ...user, updatedAt: monday + 1 });
    await expect(enter(right, monday + 2)).rejects.toThrow(Invalid);
    expect(await verifiedAt()).toBeUndefined();
  });

  test("can be sent again after a crash before it was queued", async () => {
    const { deps, system, send, enter, code } = await setUp();
    const broken = { ...deps, notificationQueue: { send: () => Promise.reject(new Unavailable("queue")) } };
    await expect(sendCode(broken, email, "phone", monday)).rejects.toThrow(Unavailable);
    await send("phone", monday + minutes(1));
    await system.pump();
    await enter(await code(), monday + minutes(2));
  });

  test("needs a known user and contact method", async () => {
    const { deps, send } = await setUp();
    await expect(send("pager")).rejects.toThrow(NotFound);
    await expect(sendCode(deps, "none@example.com", "phone", monday)).rejects.toThrow(NotFound);
    await expect(sendCode({ ...deps, verificationCode: () => null }, email, "phone", monday)).rejects.toThrow(
      Conflict,
    );
  });
});

describe("a verified contact method", () => {
  test("stays so when the user is saved, and not when its address changes or returns", async () => {
    const { deps, verifiedAt } = await setUp();
    await recordAnswer(deps, email, phone, monday);
    const user = (contactMethods: readonly (typeof phone)[], at: number) =>
      putUser(deps, aUser({ email, contactMethods, updatedAt: at }));
    await user([phone, mail], monday + 1);
    expect(await verifiedAt()).toBe(monday);
    await user([{ ...phone, address: "+4915100000000" }], monday + 2);
    expect(await verifiedAt()).toBeUndefined();
    await user([phone], monday + 3);
    expect(await verifiedAt()).toBeUndefined();
  });

  test("is one from which a person answered, and the answer is their last", async () => {
    const { deps, system, verifiedAt } = await setUp();
    await recordAnswer(deps, email, { channel: "sms", address: "+4915100000000" }, monday);
    expect(await verifiedAt()).toBeUndefined();
    await recordAnswer(deps, email, phone, monday + minutes(1));
    await recordAnswer(deps, email, phone, monday + minutes(2));
    expect(await verifiedAt()).toBe(monday + minutes(1));
    expect(await system.seen.reachability.load(email)).toMatchObject({ answeredAt: monday + minutes(2) });
    await recordAnswer(deps, "ghost@example.com", phone, monday);
    await recordAnswer(deps, "Ada in Slack", phone, monday);
  });

  test("survives concurrent changes of the user", async () => {
    const { deps, verifiedAt } = await setUp();
    await Promise.all([
      recordAnswer(deps, email, phone, monday),
      changeUser(deps, email, (user) => ({ ...user, name: "Ada L." }), monday),
      recordAnswer(deps, email, mail, monday),
    ]);
    expect([await verifiedAt(), await verifiedAt("mail")]).toEqual([monday, monday]);
  });
});
