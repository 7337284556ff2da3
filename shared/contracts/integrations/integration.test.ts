import { expect, test } from "vitest";
import { anIntegration } from "../../../tests/support/builders.ts";
import { Invalid } from "../../domain/errors.ts";
import { endpointsOf, integrationChangesOf, integrationPatch } from "./integration.ts";

const known = anIntegration({ type: "grafana", settings: { secret: "0123456789abcdef" } });
const generic = anIntegration({ settings: { mapping: { message: "title" } } });

test("only integrations that receive email have an address, and only if the platform has a domain for it", () => {
  const addressOf = (type: string, emailDomain: string) =>
    endpointsOf(type, "key", { baseUrl: "http://localhost:8080", emailDomain }).emailAddress;
  expect(addressOf("email", "in.example.com")).toBe("key@in.example.com");
  expect(addressOf("email", "")).toBeNull();
  expect(addressOf("generic", "in.example.com")).toBeNull();
  expect(addressOf("of a later release", "in.example.com")).toBeNull();
});

test("a patch changes only what it names", () => {
  expect(integrationChangesOf({}, known)).toEqual({});
  expect(integrationChangesOf({ name: "disks", team: null }, known)).toEqual({ name: "disks", team: null });
});

test("fields other than those that can be changed are rejected", () => {
  for (const patch of [{ type: "generic" }, { key: "x" }, { name: 1 }, { settings: [] }])
    expect(integrationPatch.safeParse(patch).success, JSON.stringify(patch)).toBe(false);
});

test("settings that a patch does not name stay, and a secret that is sent back as it is shown too", () => {
  const settingsAfter = (settings: Record<string, unknown>) =>
    integrationChangesOf({ settings }, known).settings;
  expect(settingsAfter({})).toEqual(known.settings);
  expect(settingsAfter({ secret: "…" })).toEqual(known.settings);
  expect(settingsAfter({ secret: "fedcba9876543210" })).toEqual({ secret: "fedcba9876543210" });
  expect(settingsAfter({ secret: null })).toEqual({});
});

test("settings are those of the integration's type, and a fault names the field", () => {
  const faultsOf = (settings: Record<string, unknown>) => {
    try {
      return integrationChangesOf({ settings }, generic).settings;
    } catch (error) {
      return error instanceof Invalid ? error.faults.map(({ path }) => path) : error;
    }
  };
  expect(faultsOf({ mapping: { message: "text" } })).toEqual({ mapping: { message: "text" } });
  expect(faultsOf({ mapping: { message: 1 } })).toEqual(["settings.mapping.message"]);
  expect(faultsOf({ secret: "x" })).toEqual(["settings.secret"]);
});
