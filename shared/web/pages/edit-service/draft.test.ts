import { expect, test } from "vitest";
import { aService } from "../../../../tests/support/builders.ts";
import type { Restriction } from "../../../domain/oncall/restriction.ts";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";
import { draftOfService, parseServiceDraft } from "./draft.ts";

const on = (day: Weekday, start: string, end: string): Restriction => ({
  type: "weekly",
  startDay: day,
  start,
  endDay: day,
  end,
});
const workingHours = weekdays.slice(0, 5).map((day) => on(day, "09:00", "17:00"));
const weekend: Restriction = {
  type: "weekly",
  startDay: "friday",
  start: "18:00",
  endDay: "sunday",
  end: "08:00",
};
const urgency = {
  timezone: "Europe/Berlin",
  hours: [...workingHours, weekend],
  inside: "high",
  outside: "by_severity",
  raise: true,
} as const;
const service = aService({
  autoResolveSeconds: 5_400,
  acknowledgementTimeoutSeconds: 600,
  runbookUrl: "https://wiki.example.com/checkout",
  links: [{ text: "Dashboard", href: "https://grafana.example.com/d/1" }],
  description: "Takes orders.",
  urgency,
});

test.each([
  ["with all settings", service],
  ["by severity", aService({ urgency: "by_severity" })],
])(
  "a service %s is what its form was filled with",
  (_, { name: _name, updatedAt: _updatedAt, ...fields }) => {
    const draft = draftOfService({ name: "checkout", updatedAt: 1, ...fields }, "other");
    expect(parseServiceDraft(draft)).toEqual({ fields });
  },
);

test("days with the same hours are one row", () => {
  expect(draftOfService(service, "").hours).toMatchObject([
    { type: "days", days: { monday: "on", friday: "on" }, start: "09:00", end: "17:00" },
    { type: "period", start_day: "friday", end_day: "sunday" },
  ]);
});

test("a service without settings begins with those of a new one, and working hours for those who want hours", () => {
  const draft = draftOfService(undefined, "payments");
  expect(draft).toMatchObject({ team: "payments", urgency: "high", hours: [{ days: { monday: "on" } }] });
  expect(parseServiceDraft({ ...draft, urgency: "hours" })).toMatchObject({
    fields: { urgency: { hours: workingHours, inside: "high", outside: "low", raise: true } },
  });
});

test.each([
  [{ team: "" }, "team", "must have 1 to 255 characters"],
  [{ runbook_url: "wiki" }, "runbook_url", /web address/],
  [{ links: [{ text: "", href: "https://a.example" }] }, "links.0.text", /1 to 100/],
  [{ auto_resolve: "soon" }, "auto_resolve", /duration/],
  [{ acknowledgement_timeout: "9 d" }, "acknowledgement_timeout", /604800/],
  [{ timezone: "Mars" }, "timezone", /time zone/],
  [{ hours: [] }, "hours", "must have at least one"],
])("%j is a fault of %s", (changed, path, message) => {
  const draft = { ...draftOfService(service, ""), ...changed };
  expect(parseServiceDraft(draft)).toEqual({
    faults: [{ path, message: typeof message === "string" ? message : expect.stringMatching(message) }],
  });
});

test("faults of hours are those of their row, once for all days", () => {
  const draft = draftOfService(service, "");
  const [days, period] = draft.hours;
  if (!days || !period) throw new Error("two rows are expected");
  const faultsOf = (hours: typeof draft.hours) => parseServiceDraft({ ...draft, hours });
  expect(faultsOf([days, period, { ...period, start: "noon" }])).toEqual({
    faults: [{ path: "hours.2.start", message: "must be a time of day like 09:00" }],
  });
  expect(faultsOf([days, days])).toEqual({
    faults: [{ path: "hours.1", message: "must not overlap other hours" }],
  });
  expect(faultsOf([{ ...days, days: {} }, period])).toEqual({
    faults: [{ path: "hours.0", message: "must have at least one day" }],
  });
});
