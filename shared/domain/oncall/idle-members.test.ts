import { describe, expect, test } from "vitest";
import { days, monday } from "../../../tests/support/builders.ts";
import { idleMembers } from "./idle-members.ts";
import { onCallBetween } from "./on-call.ts";
import type { Restriction } from "./restriction.ts";
import type { Layer } from "./schedule.ts";

const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `P${n}`, email: `p${n}@example.com` }));

const weekdaysOnly: Restriction = {
  type: "weekly",
  startDay: "monday",
  start: "09:00",
  endDay: "friday",
  end: "18:00",
};

function aLayer(count: number, fields: Partial<Layer> = {}): Layer {
  return {
    name: "days",
    role: "primary",
    rotation: { unit: "day", length: 1, handoffTime: "09:00", startsOn: "2026-11-23" },
    members: people(count),
    restrictions: [weekdaysOnly],
    ...fields,
  };
}

/** By the resolver, over more than a whole cycle. */
function idleByShifts(layers: readonly Layer[], name: string): string[] {
  const layer = layers.find((each) => each.name === name);
  const schedule = { timezone: "UTC", rotationType: "custom", layers, inForceFrom: null } as const;
  const history = { schedules: [schedule], overrides: [] };
  const shifts = onCallBetween(history, "primary", monday, monday + days(400));
  const seen = new Set(shifts.map(({ person }) => person?.email));
  return (layer?.members ?? []).map(({ email }) => email).filter((email) => !seen.has(email));
}

const idleOf = (layers: readonly Layer[]) =>
  idleMembers({ layers }).flatMap(({ members }) => members.map(({ email }) => email));

describe("members without shifts", () => {
  test("are the two who always have the weekend in a daily rotation of seven", () => {
    expect(idleMembers({ layers: [aLayer(7)] })).toEqual([{ layer: "days", members: people(7).slice(5) }]);
  });

  test.each([1, 2, 3, 5, 6, 7, 8, 14, 21])("agree with the shifts of %i members", (count) => {
    const layers = [aLayer(count)];
    expect(idleOf(layers)).toEqual(idleByShifts(layers, "days"));
  });

  test.each([1, 6, 8, 12, 24])("agree with the shifts of a rotation by %i hours", (length) => {
    const rotation = { ...aLayer(1).rotation, unit: "hour" as const, length };
    const restrictions: Restriction[] = [{ type: "daily", start: "09:00", end: "17:00" }];
    for (const count of [1, 2, 3, 4, 7]) {
      const layers = [aLayer(count, { rotation, restrictions })];
      expect(idleOf(layers)).toEqual(idleByShifts(layers, "days"));
    }
  });

  test("are those whose days another layer takes", () => {
    const weekend: Layer = aLayer(0, {
      name: "weekend",
      members: [{ name: "Wes", email: "wes@example.com" }],
      restrictions: [
        { type: "weekly", startDay: "saturday", start: "09:00", endDay: "monday", end: "09:00" },
      ],
    });
    const layers = [aLayer(7, { restrictions: [] }), weekend];
    expect(idleOf(layers)).toEqual(["p5@example.com", "p6@example.com"]);
    expect(idleOf(layers)).toEqual(idleByShifts(layers, "days"));
  });

  test("are none with weekly shifts, nor in a layer that is always overridden", () => {
    const weekly = aLayer(7, { rotation: { ...aLayer(1).rotation, unit: "week" } });
    expect(idleOf([weekly])).toEqual([]);
    expect(idleOf([aLayer(7), aLayer(1, { name: "always", restrictions: [] })])).toEqual([]);
  });
});
