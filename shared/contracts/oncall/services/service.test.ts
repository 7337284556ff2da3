import { expect, test } from "vitest";
import { faultsOf } from "../../../validation/faults.ts";
import { presentService, serviceFields, serviceInput } from "./service.ts";

const hours = [{ type: "daily", start: "09:00", end: "17:00" }];
const urgency = { timezone: "Europe/Berlin", hours, inside: "high", outside: "low" };

test("a service has the defaults of all that a request omits, and presents them", () => {
  const fields = serviceFields(serviceInput.parse({ team: "payments" }));
  expect(presentService({ name: "checkout", ...fields, updatedAt: 0 })).toEqual({
    service: "checkout",
    team: "payments",
    auto_resolve_seconds: null,
    acknowledgement_timeout_seconds: null,
    runbook_url: null,
    links: [],
    description: null,
    urgency: "high",
    updated_at: "1970-01-01T00:00:00.000Z",
  });
});

test("hours of a service raise nothing unless told to", () => {
  const { urgency: parsed } = serviceFields(serviceInput.parse({ team: "payments", urgency }));
  expect(parsed).toEqual({ ...urgency, raise: false });
});

const notAnAddress = "must be a web address such as https://wiki.example.com/runbook";

test.each([
  [{ runbook_url: "javascript:alert(1)" }, "runbook_url", notAnAddress],
  [{ runbook_url: "https://bank.example@evil.example/" }, "runbook_url", notAnAddress],
  [{ links: [{ text: "Logs", href: "//example.com" }] }, "links.0.href", notAnAddress],
  [{ links: [{ text: " ", href: "https://a.example" }] }, "links.0.text", "must not be blank"],
  [
    { links: Array(11).fill({ text: "a", href: "https://a.example" }) },
    "links",
    "must have at most 10 items",
  ],
  [{ acknowledgement_timeout_seconds: 0 }, "acknowledgement_timeout_seconds", "must be at least 1"],
  [{ description: "a".repeat(2_001) }, "description", "must have 0 to 2000 characters"],
  [
    { urgency: "urgent" },
    "urgency",
    "must be one of high, low, by_severity, or an object with timezone, hours, inside and outside",
  ],
  [{ urgency: { ...urgency, hours: [] } }, "urgency.hours", "must have at least one"],
  [{ urgency: { ...urgency, hours: [...hours, ...hours] } }, "urgency.hours.1", "overlaps hours 0"],
  [{ urgency: { ...urgency, timezone: "Mars" } }, "urgency.timezone", /IANA time zone/],
  [{ urgency: { ...urgency, inside: "often" } }, "urgency.inside", "must be one of high, low, by_severity"],
  [{ urgency: { ...urgency, more: 1 } }, "urgency.more", "is not a known field"],
])("%j is refused at %s", (fields, path, message) => {
  const { error } = serviceInput.safeParse({ team: "payments", ...fields });
  expect(faultsOf(error?.issues ?? [], 10)).toEqual([
    { path, message: typeof message === "string" ? message : expect.stringMatching(message) },
  ]);
});
