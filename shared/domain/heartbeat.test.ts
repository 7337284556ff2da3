import fc from "fast-check";
import { expect, test } from "vitest";
import { aHeartbeat, aPulse, monday, seconds } from "../../tests/support/builders.ts";
import { beat, heartbeatState, overdueAt, type Pulse, told, watch } from "./heartbeat.ts";

const heartbeat = aHeartbeat();
const pulse = aPulse(heartbeat);

test("the first beat sets when to look, the next ones leave it", () => {
  const first = beat(pulse, monday);
  expect(first).toMatchObject({ lastBeatAt: monday, wakeAt: monday + seconds(90), notices: [] });
  expect(beat(first, monday + seconds(60))).toMatchObject({
    lastBeatAt: monday + seconds(60),
    wakeAt: monday + seconds(90),
  });
});

test("a beat of a clock that is behind does not set the last one back", () => {
  expect(beat(beat(pulse, monday), monday - 1).lastBeatAt).toBe(monday);
});

test("whatever comes when, what is told are triggers and resolves by turns, and the last says what is the case", () => {
  const step = fc.record({ afterSeconds: fc.nat(200), what: fc.constantFrom("beat", "watch", "told") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const said: string[] = [];
      let now = monday;
      let current: Pulse = pulse;
      for (const { afterSeconds, what } of steps) {
        now += seconds(afterSeconds);
        const before = current.notices.length;
        if (what === "beat") current = beat(current, now);
        // Who has something to tell tells it before looking again.
        else if (what === "watch" && before === 0 && (current.wakeAt ?? Number.POSITIVE_INFINITY) <= now)
          current = watch(current, now);
        else if (what === "told") current = told(current);
        if (what !== "told") said.push(...current.notices.slice(before).map(({ action }) => action));
        // It is looked at in time, whatever else: nothing stops unnoticed.
        const overdue = overdueAt(current);
        if (overdue !== null && current.missingSince === null)
          expect(current.wakeAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(overdue);
        if (current.notices.length > 0) expect(current.wakeAt).toBeLessThanOrEqual(now);
      }
      expect(said).toEqual(said.map((_, index) => (index % 2 === 0 ? "trigger" : "resolve")));
      expect(said.at(-1) === "trigger").toBe(current.missingSince !== null);
    }),
  );
});

test("it is missing from the moment that a beat is overdue, noticed or not", () => {
  const beating = beat(pulse, monday);
  expect(heartbeatState(pulse, monday).state).toBe("waiting");
  expect(heartbeatState(beating, monday + seconds(90) - 1).state).toBe("ok");
  expect(heartbeatState(beating, monday + seconds(90))).toEqual({
    state: "missing",
    missingSince: monday + seconds(90),
  });
});
