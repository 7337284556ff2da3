import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ada, aNotification, minutes, monday } from "../../../tests/support/builders.ts";
import { addPages, isPage, loadOf, type PageTally, type PrimaryShift, tallyOfPage } from "./load.ts";

const bob = { name: "Bob", email: "bob@example.com" };
const hours = (count: number) => minutes(60 * count);
const pageAt = (time: string, zone: string) => {
  const { nights, weekends } = tallyOfPage(aNotification({ status: "sent", sentAt: Date.parse(time) }), zone);
  return { nights, weekends };
};
const shift = (fields: Partial<PrimaryShift>): PrimaryShift => ({
  team: "payments",
  person: ada,
  start: monday,
  end: monday + hours(8),
  ...fields,
});

describe("a page", () => {
  test.each([
    ["2026-11-23T21:59Z", "UTC", { nights: 0, weekends: 0 }],
    ["2026-11-23T22:00Z", "UTC", { nights: 1, weekends: 0 }],
    ["2026-11-24T06:59Z", "UTC", { nights: 1, weekends: 0 }],
    ["2026-11-24T07:00Z", "UTC", { nights: 0, weekends: 0 }],
    ["2026-11-23T21:59Z", "Europe/Berlin", { nights: 1, weekends: 0 }],
    ["2026-11-20T23:30Z", "Europe/Berlin", { nights: 1, weekends: 1 }],
    ["2026-11-28T12:00Z", "UTC", { nights: 0, weekends: 1 }],
    ["2026-11-29T23:30Z", "Asia/Kolkata", { nights: 1, weekends: 0 }],
  ])("at %s in %s is %j", (time, zone, expected) => {
    expect(pageAt(time, zone)).toEqual(expected);
  });

  test("is a message that reached someone to make them respond", () => {
    expect(isPage({ kind: "page", status: "sent" })).toBe(true);
    expect(isPage({ kind: "bundle", status: "sent" })).toBe(true);
    expect(isPage({ kind: "page", status: "suppressed" })).toBe(false);
    expect(isPage({ kind: "handoff", status: "sent" })).toBe(false);
  });
});

describe("load", () => {
  const pages = (email: string, team: string, count: number): PageTally => ({
    ...{ email, team, pages: count },
    ...{ nights: 1, weekends: 0 },
  });

  test("is of one team, or of all teams, in which simultaneous shifts count once", () => {
    const load = {
      pages: [
        pages(ada.email, "payments", 2),
        pages(ada.email, "web", 3),
        pages("eve@example.com", "web", 9),
      ],
      shifts: [
        shift({}),
        shift({ team: "web", start: monday + hours(6), end: monday + hours(10) }),
        shift({ person: bob, start: monday + hours(8), end: monday + hours(20) }),
      ],
    };
    expect(loadOf(load)).toEqual([
      { email: "eve@example.com", name: null, pages: 9, nights: 1, weekends: 0, onCallMs: 0 },
      { email: ada.email, name: ada.name, pages: 5, nights: 2, weekends: 0, onCallMs: hours(10) },
      { email: bob.email, name: bob.name, pages: 0, nights: 0, weekends: 0, onCallMs: hours(12) },
    ]);
    expect(loadOf(load, "web").map(({ pages, onCallMs }) => [pages, onCallMs])).toEqual([
      [9, 0],
      [3, hours(4)],
    ]);
  });

  test("has all pages, however their tallies are added up", () => {
    const tallies = fc.array(
      fc.record({
        email: fc.constantFrom("a", "b"),
        team: fc.constantFrom("x", "__proto__"),
        pages: fc.nat(9),
        nights: fc.nat(9),
        weekends: fc.nat(9),
      }),
    );
    const total = (of: readonly PageTally[]) =>
      of.reduce((sum, { pages, nights }) => sum + pages * 100 + nights, 0);
    fc.assert(
      fc.property(tallies, tallies, (one, other) => {
        const added = addPages([...addPages(one), ...other]);
        expect(added.length).toBeLessThanOrEqual(4);
        expect(total(added)).toBe(total([...one, ...other]));
      }),
    );
  });
});
