import { describe, expect, test } from "vitest";
import { aRule } from "../../../../tests/support/builders.ts";
import type { UrgencySetting } from "../../../domain/incidents/urgency.ts";
import { readForm } from "../../site/forms/form.ts";
import { blankRule, bodiesOf, draftOfRule, insertRule, rulesIn } from "./draft.ts";
import { readRoutingForm } from "./form.ts";
import { actionsOf } from "./rule-text.ts";

const [a, b, c] = ["a", "b", "c"].map((name) => aRule({ name }));
const rules = [a, b, c].flatMap((rule) => rule ?? []);

function submitted(pressed: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams({ rules: JSON.stringify(bodiesOf(rules)), ...fields });
  return readRoutingForm(readForm(body.toString()), pressed);
}
const namesAfter = (pressed: string, fields?: Record<string, string>) =>
  submitted(pressed, fields)?.rules.map(({ name }) => name);

describe("the form of the routing rules", () => {
  test.each([
    ["up:1", ["b", "a", "c"]],
    ["down:1", ["a", "c", "b"]],
    ["up:0", ["a", "b", "c"]],
    ["down:2", ["a", "b", "c"]],
    ["remove:0", ["b", "c"]],
    ["remove:7", ["a", "b", "c"]],
    ["save", ["a", "b", "c"]],
  ])("%s leaves %j", (pressed, names) => {
    expect(namesAfter(pressed)).toEqual(names);
  });

  test.each([
    ["up:2", "up:1"],
    ["up:1", "edit:0"],
    ["down:0", "down:1"],
    ["down:1", "edit:2"],
  ])("%s leaves the focus at %s, a button that is enabled", (pressed, focused) => {
    expect(submitted(pressed)?.focus).toBe(focused);
  });

  test("opens a rule with its values, and a blank one at the end", () => {
    expect(submitted("edit:1")?.open).toMatchObject({ position: 1, isNew: false, draft: { name: "b" } });
    expect(submitted("add")?.open).toEqual({ position: 3, isNew: true, draft: blankRule });
  });

  test("puts the open rule into the list, whichever button is pressed", () => {
    const fields = { position: "0", is_new: "on", name: "new", team: "night" };
    for (const pressed of ["apply", "save", "test"])
      expect(namesAfter(pressed, fields)).toEqual(["new", "a", "b", "c"]);
    expect(namesAfter("apply", { ...fields, is_new: "" })).toEqual(["new", "b", "c"]);
    expect(namesAfter("cancel", fields)).toEqual(["a", "b", "c"]);
  });

  test("keeps an invalid rule open, with the errors at its fields", () => {
    const fields = {
      position: "1",
      name: "a",
      matchers: "host = x\nservice =~ (",
      group_by: "service",
      flaps: "x",
    };
    const form = submitted("apply", fields);
    expect(form?.open?.draft).toMatchObject({ name: "a", flaps: "x" });
    const faults = new Map(form?.faults.map(({ path, message }) => [path, message]));
    expect([...faults.keys()].toSorted()).toEqual(["flap_window", "flaps", "group_window", "matchers"]);
    expect(faults.get("matchers")).toMatch(/^Line 1 must be service, /);
    expect(namesAfter("apply", { position: "1", name: "a" })).toEqual(["a", "b", "c"]);
    expect(submitted("apply", { position: "1", name: "a" })?.faults).toMatchObject([{ path: "name" }]);
  });

  test("rejects an urgency that is no option", () => {
    const form = submitted("apply", { position: "1", name: "b", urgency: '{"hours":[]}' });
    expect(form?.faults).toMatchObject([{ path: "urgency", message: "must be one of the options" }]);
  });

  test("adds and removes hours of the open rule, and shows their faults in their row", () => {
    const fields = { position: "1", name: "b", urgency: "hours", "hours.0.days.monday": "on" };
    const added = submitted("add:hours", fields);
    expect(added?.rules).toEqual(rules);
    expect(added?.open?.draft.hours).toMatchObject([{ days: { monday: "on" } }, { days: { friday: "on" } }]);
    expect(added?.focus).toBe("hours.1.type");
    expect(submitted("remove:hours.0", fields)?.open?.draft.hours).toEqual([]);
    const wrong = { ...fields, "hours.0.start": "9", "hours.1.type": "days", timezone: "Mars" };
    expect(submitted("apply", wrong)?.faults.map(({ path }) => path)).toEqual([
      "hours.1",
      "timezone",
      "hours.0.start",
    ]);
    expect(submitted("apply", fields)?.rules[1]?.urgency).toMatchObject({
      timezone: "UTC",
      hours: [{ type: "weekly", startDay: "monday", start: "09:00", end: "17:00" }],
      inside: "high",
      outside: "low",
    });
  });

  test("is not read if its list was changed to something else", () => {
    for (const text of ["", "{", '[{"name":""}]']) expect(rulesIn(text)).toBeUndefined();
  });
});

const byHours: UrgencySetting = {
  timezone: "Europe/Berlin",
  hours: [{ type: "weekly", startDay: "monday", start: "09:00", endDay: "friday", end: "17:00" }],
  inside: "high",
  outside: "by_severity",
  raise: true,
};

test.each<UrgencySetting | null>([null, "low", "by_severity", byHours])(
  "a rule of urgency %j stays the same in its form",
  (urgency) => {
    const rule = aRule({
      urgency,
      name: "all",
      matchers: [{ field: "message", op: "=~", value: "a\nb " }],
      service: "ledger",
      team: "night",
      severity: "high",
      dedupKey: "{{labels.host}}",
      group: { by: ["service", "labels.host"], windowSeconds: 5_400 },
      inhibitedBy: "critical",
      flapping: { swings: 3, windowSeconds: 90 },
      continues: true,
    });
    const placed = insertRule([rule], draftOfRule(rule), { position: 0, isNew: false });
    expect(placed).toEqual({ rules: [rule], faults: [] });
  },
);

test("a rule reads as a sentence", () => {
  expect(actionsOf(aRule({ drop: true, team: "night" }))).toEqual(["drop"]);
  expect(actionsOf(aRule({}))).toEqual(["change nothing"]);
  expect(
    actionsOf(aRule({ severity: "high", urgency: byHours, group: { by: [], windowSeconds: 60 } })),
  ).toEqual([
    "set the severity to high",
    "set the urgency: by hours in Europe/Berlin",
    "group all within 1 minute",
  ]);
});
