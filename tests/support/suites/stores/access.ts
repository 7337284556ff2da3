/** Users, API keys and the audit log. */

import { describe, expect, test, vi } from "vitest";
import { sha256 } from "../../../../shared/crypto/sha256.ts";
import { AlreadyExists, StaleVersion } from "../../../../shared/domain/errors.ts";
import { limits } from "../../../../shared/domain/limits.ts";
import { accountStore } from "../../../../shared/storage/access/account-store.ts";
import { apiKeyStore } from "../../../../shared/storage/access/api-key-store.ts";
import { auditStore, keptAudit } from "../../../../shared/storage/access/audit-store.ts";
import { phoneStore } from "../../../../shared/storage/access/phone-store.ts";
import { userStore } from "../../../../shared/storage/access/user-store.ts";
import { auditedTable } from "../../../../shared/storage/audited-table.ts";
import { auditedService, serviceStore } from "../../../../shared/storage/oncall/service-store.ts";
import {
  anAccount,
  anActorContext,
  anApiKey,
  aService,
  aUser,
  countingUlids,
  days,
  minutes,
  monday,
} from "../../builders.ts";
import { everything, readAll, type StoreSetting } from "./setting.ts";

export function accessStoreSuite({ table }: StoreSetting): void {
  describe("users", () => {
    test("are found by their email, replaced when stored again, and gone when removed", async () => {
      const users = userStore(await table());
      await users.put(aUser());
      const changed = aUser({
        name: "Ada 🚨",
        timezone: "Europe/Berlin",
        contactMethods: [{ id: "#1", channel: "slack", address: "https://hooks.slack.com/services/T/B/x" }],
        notificationRules: [
          { contactMethodId: "#1", delaySeconds: 0 },
          { contactMethodId: "#1", delaySeconds: limits.notificationDelaySeconds },
        ],
        updatedAt: monday + 1,
      });
      await expect(users.put(changed)).rejects.toThrow(StaleVersion);
      await users.put(changed, aUser());
      await expect(users.put(aUser(), aUser())).rejects.toThrow(StaleVersion);
      expect(await users.find(changed.email)).toEqual(changed);
      await expect(users.remove(aUser())).rejects.toThrow(StaleVersion);
      await users.remove(changed);
      expect(await users.find(changed.email)).toBeUndefined();
      expect((await users.list(everything)).items).toEqual([]);
    });

    test("own the phone numbers of their contact methods as long as they have them", async () => {
      const made = await table();
      const users = userStore(made);
      const phones = phoneStore(made);
      const [first, second] = ["+4915112345678", "+4915112345679"];
      const sms = (address: string) => ({ id: address, channel: "sms", address });
      const owners = async () =>
        [await phones.find(first), await phones.find(second)].map(({ owner }) => owner);
      const ada = aUser({ contactMethods: [sms(first), { id: "mail", channel: "email", address: "a@x.y" }] });
      await users.put(ada);
      expect(await owners()).toEqual([ada.email, undefined]);
      const moved = { ...ada, contactMethods: [sms(second)], updatedAt: monday + 1 };
      await users.put(moved, ada);
      expect(await owners()).toEqual([undefined, ada.email]);
      await phones.setOwner(second, "bob@example.com");
      await users.put({ ...moved, name: "Ada L.", updatedAt: monday + 2 }, moved);
      expect(await owners()).toEqual([undefined, "bob@example.com"]);
      await users.remove({ ...moved, updatedAt: monday + 2 });
      expect(await owners()).toEqual([undefined, "bob@example.com"]);
      await users.put(ada);
      await users.remove(ada);
      expect(await owners()).toEqual([undefined, "bob@example.com"]);
    });

    test("neither take over nor take away a phone number of someone else", async () => {
      const made = await table();
      const users = userStore(made);
      const phones = phoneStore(made);
      const number = "+4915112345678";
      const contactMethods = [{ id: "phone", channel: "sms", address: number }];
      const ada = aUser({ contactMethods });
      const mistyped = aUser({ email: "bob@example.com", contactMethods });
      await users.put(ada);
      await users.put(mistyped);
      expect((await phones.find(number)).owner).toBe(ada.email);
      const corrected = { ...mistyped, contactMethods: [], updatedAt: monday + 1 };
      await users.put(corrected, mistyped);
      expect((await phones.find(number)).owner).toBe(ada.email);
      await users.put({ ...mistyped, updatedAt: monday + 2 }, corrected);
      await users.remove({ ...mistyped, updatedAt: monday + 2 });
      expect((await phones.find(number)).owner).toBe(ada.email);
    });

    test("are stopped on a phone number until it is restarted", async () => {
      const phones = phoneStore(await table());
      const [first, second] = ["+4915112345678", "+4915112345679"];
      await phones.stop(first, monday);
      await phones.stop(first, monday + 1);
      expect(await phones.find(first)).toEqual({ owner: undefined, isStopped: true });
      expect(await phones.stopped([first, second, first])).toEqual(new Set([first]));
      await phones.restart(first);
      await phones.restart(second);
      expect(await phones.find(first)).toEqual({ owner: undefined, isStopped: false });
    });

    test("of some emails, existing ones are found, however often they are given", async () => {
      const users = userStore(await table());
      const [ada, bob] = [aUser(), aUser({ email: "bob@example.com" })];
      for (const user of [ada, bob]) await users.put(user);
      expect(await users.findAll([bob.email, "cyd@example.com", ada.email, bob.email])).toEqual([bob, ada]);
      expect(await users.findAll([])).toEqual([]);
    });

    test("are listed last changed first, each once, on every page", async () => {
      const users = userStore(await table());
      const emails = ["a@example.com", "b@example.com", "c@example.com"];
      for (const [index, email] of emails.entries()) {
        await users.put(aUser({ email, updatedAt: monday + index }));
      }
      const known = aUser({ email: "a@example.com", updatedAt: monday });
      await users.put({ ...known, updatedAt: monday + 10 }, known);
      for (const limit of [1, 2, 200]) {
        const { items } = await readAll((page) => users.list(page), limit);
        expect(items.map(({ email }) => email)).toEqual(["a@example.com", "c@example.com", "b@example.com"]);
      }
    });

    test("may have as many ways and rules as the API takes, each of the greatest length", async () => {
      const users = userStore(await table());
      const ids = Array.from(
        { length: limits.contactMethods },
        (_, index) => "🚨".repeat(limits.idLength - 1) + String.fromCharCode(97 + index),
      );
      const longest = aUser({
        email: `${"a".repeat(limits.emailLength - 12)}@example.com`,
        name: "🚨".repeat(limits.personNameLength),
        contactMethods: ids.map((id) => ({
          id,
          channel: "console",
          address: "🚨".repeat(limits.addressLength),
        })),
        notificationRules: Array.from({ length: limits.notificationRules }, (_, delaySeconds) => ({
          contactMethodId: ids[0] ?? "",
          delaySeconds,
        })),
      });
      await users.put(longest);
      expect(await users.find(longest.email)).toEqual(longest);
    });
  });

  describe("accounts", () => {
    test("are found by their ID, email and identity, under their current ones only", async () => {
      const accounts = accountStore(await table());
      const known = anAccount();
      await accounts.create(known);
      await expect(accounts.create(known)).rejects.toThrow(AlreadyExists);
      const identity = { issuer: "https://id.example.com", subject: "2" };
      const changed = await accounts.replace(known, { ...known, email: "ada.l@example.com", identity });
      expect(changed.version).toBe(2);
      await expect(accounts.replace(known, known)).rejects.toThrow(StaleVersion);
      expect(await accounts.find(known.id)).toEqual(changed);
      expect(await accounts.findByEmail("ada.l@example.com")).toEqual(changed);
      expect(await accounts.findByIdentity(identity)).toEqual(changed);
      expect(await accounts.findByEmail(known.email)).toBeUndefined();
      expect(await accounts.findByIdentity({ ...identity, subject: "1" })).toBeUndefined();
      expect(
        await accounts.findByIdentity({ issuer: "https://other.example.com", subject: "2" }),
      ).toBeUndefined();
      await accounts.remove(changed);
      expect(await accounts.findByEmail("ada.l@example.com")).toBeUndefined();
      expect((await accounts.list(everything)).items).toEqual([]);
    });

    test("share neither an email nor an identity", async () => {
      const accounts = accountStore(await table());
      const [ada, bob] = [
        anAccount(),
        anAccount({ id: "acc_2", email: "bob@example.com", identity: { issuer: "i", subject: "2" } }),
      ];
      await accounts.create(ada);
      await accounts.create(bob);
      const same = { id: "acc_3", email: "cyd@example.com" };
      await expect(accounts.create(anAccount({ ...same, email: ada.email }))).rejects.toThrow(AlreadyExists);
      await expect(accounts.create(anAccount({ ...same, identity: ada.identity }))).rejects.toThrow(
        AlreadyExists,
      );
      await expect(accounts.replace(bob, { ...bob, email: ada.email })).rejects.toThrow(StaleVersion);
      expect(await accounts.findByEmail(ada.email)).toEqual(ada);
      expect((await accounts.list(everything)).items.map(({ id }) => id)).toEqual(["acc_2", "acc_1"]);
    });
  });

  describe("API keys", () => {
    test("are found by id and by digest, and listed newest first", async () => {
      const store = apiKeyStore(await table());
      const [first, second] = [anApiKey({ name: "first" }), anApiKey({ validUntil: monday + days(1) })];
      for (const key of [first, second]) await store.create(key);
      expect(await store.find(first.id)).toEqual(first);
      expect(await store.findByDigest(second.keyDigest)).toEqual(second);
      expect(await store.find("key_none")).toBeUndefined();
      expect(await store.findByDigest("none")).toBeUndefined();
      expect((await readAll(store.list, 1)).items).toEqual([second, first]);
    });

    test("that get another digest are not found by the old one", async () => {
      const store = apiKeyStore(await table());
      const key = anApiKey();
      await store.create(key);
      const changed = await store.replace(key, { ...key, keyDigest: sha256("another"), rotatedAt: monday });
      expect(changed.version).toBe(key.version + 1);
      expect(await store.findByDigest(key.keyDigest)).toBeUndefined();
      expect(await store.findByDigest(changed.keyDigest)).toEqual(changed);
      expect(await store.find(key.id)).toEqual(changed);
    });

    test("that others changed since they were read stay as they are", async () => {
      const store = apiKeyStore(await table());
      const key = anApiKey();
      await store.create(key);
      const revoked = await store.replace(key, { ...key, revokedAt: monday });
      const late = store.replace(key, { ...key, keyDigest: sha256("late") });
      await expect(late).rejects.toThrow(StaleVersion);
      expect(await store.findByDigest(key.keyDigest)).toEqual(revoked);
      expect(await store.findByDigest(sha256("late"))).toBeUndefined();
    });

    test("were used last when that was noted last, which is not done twice within a span", async () => {
      const store = apiKeyStore(await table());
      await store.recordUse(anApiKey({ id: "key_1" }), monday, monday - minutes(60));
      await store.recordUse(anApiKey({ id: "key_1" }), monday + 1, monday - minutes(60));
      await store.recordUse(anApiKey({ id: "key_2" }), monday + 2, monday);
      expect(await store.lastUses(["key_1", "key_none", "key_2"])).toEqual(
        new Map([
          ["key_1", monday],
          ["key_2", monday + 2],
        ]),
      );
      await store.recordUse(anApiKey({ id: "key_1" }), monday + 3, monday);
      expect((await store.lastUses(["key_1"])).get("key_1")).toBe(monday + 3);
    });

    test("for emergencies are to be announced after each recorded use, until they were", async () => {
      const store = apiKeyStore(await table());
      const known = new Set((await store.usesToAnnounce()).map(({ keyId }) => keyId));
      const key = anApiKey({ id: "key_emergency", name: "emergency", breakGlass: true });
      const pending = async () => (await store.usesToAnnounce()).filter(({ keyId }) => !known.has(keyId));
      await store.recordUse(key, monday, monday);
      await store.recordUse(anApiKey({ id: "key_usual" }), monday, monday);
      await vi.waitFor(async () => expect(await pending()).toHaveLength(1), 10_000);
      const [use] = await pending();
      expect(use).toEqual({ keyId: key.id, at: monday, breakGlass: "emergency" });
      if (use) await store.announced(use);
      await vi.waitFor(async () => expect(await pending()).toEqual([]), 10_000);
      expect((await store.lastUses([key.id])).get(key.id)).toBe(monday);
    });
  });

  describe("the audit log", () => {
    test("is written with the change, on this table too", async () => {
      const made = await table();
      const currentActor = () => anActorContext();
      const journal = { entity: keptAudit(1), clock: () => monday, ulid: countingUlids(), currentActor };
      const services = serviceStore(auditedTable(made, [auditedService], journal));
      const service = aService();
      await services.put(service);
      await services.put({ ...service, team: "search" }, service);
      const { list } = auditStore(made);
      const filters = [{}, { actor: "ops" }, { resource: { kind: "service", id: "checkout" } as const }];
      for (const filter of filters) {
        const { items, pages } = await readAll((page) => list(filter, page), 1);
        expect(items.map(({ before, after }) => [before?.team, after?.team])).toEqual([
          ["payments", "search"],
          [undefined, "payments"],
        ]);
        expect(pages).toBe(2);
      }
    });
  });
}
