import { describe, expect, test } from "vitest";
import { differencesOf } from "./differences.ts";

describe("what became of something configured", () => {
  test("is described field by field", () => {
    const before = {
      name: "checkout",
      team: "web",
      auto_resolve_seconds: null,
      updated_at: "2026-11-23T10:00:00Z",
    };
    const after = { ...before, team: "pay", auto_resolve_seconds: 5_400, updated_at: "2026-11-24T10:00:00Z" };
    expect(differencesOf({ before, after }, "UTC")).toEqual([
      { field: "team", before: "web", after: "pay" },
      { field: "auto resolve", before: null, after: "1 hour 30 minutes" },
    ]);
  });

  test("compares those of a list by what they are called, wherever they stand", () => {
    const [mail, sms] = [
      { id: "mail", channel: "email" },
      { id: "phone", channel: "sms" },
    ];
    const before = { contact_methods: [mail, sms], events: ["resolved"] };
    const after = { contact_methods: [{ ...sms, channel: "ntfy" }, mail], events: ["triggered", "resolved"] };
    expect(differencesOf({ before, after }, "UTC")).toEqual([
      { field: "contact methods › phone › channel", before: "sms", after: "ntfy" },
      { field: "events", before: "resolved", after: "triggered, resolved" },
    ]);
  });

  test("contains all fields of a new or deleted item, except empty ones", () => {
    const view = {
      id: "key_1",
      name: "ops",
      scopes: ["read"],
      expires_at: "2026-11-30T00:00:00Z",
      rules: [],
    };
    const differences = differencesOf({ before: null, after: view }, "UTC");
    expect(differences).toEqual([
      { field: "name", before: null, after: "ops" },
      { field: "scopes", before: null, after: "read" },
      { field: "expires at", before: null, after: "2026-11-30 00:00 UTC" },
    ]);
    const gone = differencesOf({ before: view, after: null }, "UTC");
    expect(gone.map(({ before }) => before)).toEqual(differences.map(({ after }) => after));
  });

  test("is nothing where nothing is different", () => {
    const view = { rotation: { unit: "day", handoff: { time: "08:00" } }, notify: true };
    expect(differencesOf({ before: view, after: structuredClone(view) }, "UTC")).toEqual([]);
    const after = { ...view, rotation: { unit: "day", handoff: { time: "09:00" } } };
    expect(differencesOf({ before: view, after }, "UTC")).toEqual([
      { field: "rotation › handoff › time", before: "08:00", after: "09:00" },
    ]);
  });
});
