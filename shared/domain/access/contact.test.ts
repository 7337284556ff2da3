import { describe, expect, test } from "vitest";
import { aUser } from "../../../tests/support/builders.ts";
import { type Contact, contactsOf } from "./contact.ts";

const email = "ada@example.com";
const mail = { id: "mail", channel: "email", address: email } as const;
const phone = { id: "phone", channel: "sms", address: "+4915112345678" } as const;
const chat = { id: "chat", channel: "slack", address: "#ada" } as const;

const summaryOf = (contacts: readonly Contact[]) =>
  contacts.map(({ method, delaySeconds }) => [method.id, delaySeconds]);
const rule = (contactMethodId: string, delaySeconds: number) => ({ contactMethodId, delaySeconds });

describe("a user is paged", () => {
  test("by email immediately if they are unknown", () => {
    expect(contactsOf(email, undefined)).toEqual([
      { method: { id: "email", channel: "email", address: email }, delaySeconds: 0 },
    ]);
  });

  test("by email immediately if they have no contact method", () => {
    const user = aUser({ contactMethods: [] });
    expect(contactsOf(email, user)).toEqual(contactsOf(email, undefined));
  });

  test("by their first contact method when they have no rules; the others are spare", () => {
    const user = aUser({ contactMethods: [phone, mail, chat] });
    expect(summaryOf(contactsOf(email, user))).toEqual([
      ["phone", 0],
      ["mail", null],
      ["chat", null],
    ]);
  });

  test("by their rules, soonest first, in any order of the list", () => {
    const user = aUser({
      contactMethods: [mail, phone, chat],
      notificationRules: [rule("phone", 300), rule("chat", 0), rule("phone", 60)],
    });
    expect(summaryOf(contactsOf(email, user))).toEqual([
      ["chat", 0],
      ["phone", 60],
      ["phone", 300],
      ["mail", null],
    ]);
  });

  test("by their rules without those that name no method", () => {
    const user = aUser({
      contactMethods: [mail, phone],
      notificationRules: [rule("gone", 0), rule("phone", 60)],
    });
    expect(summaryOf(contactsOf(email, user))).toEqual([
      ["phone", 60],
      ["mail", null],
    ]);
  });

  test("as if without rules when none of these names a method", () => {
    const user = aUser({ contactMethods: [phone], notificationRules: [rule("gone", 60)] });
    expect(summaryOf(contactsOf(email, user))).toEqual([
      ["phone", 0],
      ["email", null],
    ]);
  });

  test("by the email that identifies them after all else failed", () => {
    const user = aUser({ contactMethods: [phone, chat], notificationRules: [rule("phone", 0)] });
    expect(contactsOf(email, user).at(-1)).toEqual({
      method: { id: "email", channel: "email", address: email },
      delaySeconds: null,
    });
  });

  test("by no second email if they have one as a contact method", () => {
    const own = { ...mail, address: "ada@home.example" };
    expect(summaryOf(contactsOf(email, aUser({ contactMethods: [phone, own] })))).toEqual([
      ["phone", 0],
      ["mail", null],
    ]);
  });

  test("by a spare method only if it is another way than what was planned", () => {
    const again = { ...phone, id: "same phone" };
    const user = aUser({ contactMethods: [phone, again, mail], notificationRules: [rule("phone", 0)] });
    expect(summaryOf(contactsOf(email, user))).toEqual([
      ["phone", 0],
      ["mail", null],
    ]);
  });
});
