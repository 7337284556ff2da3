import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aHeartbeat, aPulse, monday, seconds } from "../../../tests/support/builders.ts";
import { heartbeatState, noticesSent, overdueAt, type Pulse, ping, watch } from "./heartbeat.ts";

const heartbeat = aHeartbeat();
const pulse = aPulse(heartbeat);

test("the first ping sets the wake-up time, the next ones keep it", () => {
  const first = ping(pulse, monday);
  expect(first).toMatchObject({ lastBeatAt: monday, wakeAt: monday + seconds(90), notices: [] });
  expect(ping(first, monday + seconds(60))).toMatchObject({
    lastBeatAt: monday + seconds(60),
    wakeAt: monday + seconds(90),
  });
});

test("a ping of a clock that is behind does not set the last one back", () => {
  expect(ping(ping(pulse, monday), monday - 1).lastBeatAt).toBe(monday);
});

test("triggers and resolves alternate for any order of events, and the last one matches the state", () => {
  const step = fc.record({ afterSeconds: fc.nat(200), what: fc.constantFrom("ping", "watch", "sent") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const said: string[] = [];
      let now = monday;
      let current: Pulse = pulse;
      for (const { afterSeconds, what } of steps) {
        now += seconds(afterSeconds);
        const before = current.notices.length;
        if (what === "ping") current = ping(current, now);
        // Pending notices are sent before the next check.
        else if (what === "watch" && before === 0 && (current.wakeAt ?? Number.POSITIVE_INFINITY) <= now)
          current = watch(current, [], now);
        else if (what === "sent") current = noticesSent(current);
        if (what !== "sent") said.push(...current.notices.slice(before).map(({ action }) => action));
        // It is looked at in time, whatever else: nothing stops unnoticed.
        const overdue = overdueAt(current, []);
        if (overdue !== null && current.missingSince === null)
          expect(current.wakeAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(overdue);
        if (current.notices.length > 0) expect(current.wakeAt).toBeLessThanOrEqual(now);
      }
      expect(said).toEqual(said.map((_, index) => (index % 2 === 0 ? "trigger" : "resolve")));
      expect(said.at(-1) === "trigger").toBe(current.missingSince !== null);
    }),
  );
});

test("it is missing from the moment that a ping is overdue, even before the sweep", () => {
  const pinging = ping(pulse, monday);
  expect(heartbeatState(pulse, [], monday).state).toBe("waiting");
  expect(heartbeatState(pinging, [], monday + seconds(90) - 1).state).toBe("ok");
  expect(heartbeatState(pinging, [], monday + seconds(90))).toEqual({
    state: "missing",
    missingSince: monday + seconds(90),
  });
});

describe("a gap in which the platform was down", () => {
  const pinging = ping(pulse, monday); // expected at 60 s, overdue at 90 s
  const gap = (from: number, to: number) => ({ from: monday + seconds(from), to: monday + seconds(to) });

  test.each([
    { name: "after a ping was overdue changes nothing", gaps: [gap(91, 200)], overdue: 90 },
    { name: "before one was expected changes nothing", gaps: [gap(1, 29)], overdue: 90 },
    { name: "before the last ping changes nothing", gaps: [gap(-100, -10)], overdue: 90 },
    {
      name: "that may have swallowed a ping waits for the next one from its end",
      gaps: [gap(50, 70)],
      overdue: 190,
    },
    { name: "in the grace does so too", gaps: [gap(89, 300)], overdue: 420 },
    {
      name: "then another, before the next came, waits again",
      gaps: [gap(50, 70), gap(150, 250)],
      overdue: 370,
    },
    {
      name: "then another, after the next was overdue, changes no more",
      gaps: [gap(50, 70), gap(200, 250)],
      overdue: 190,
    },
  ])("$name", ({ gaps, overdue }) => {
    expect(overdueAt(pinging, gaps)).toBe(monday + seconds(overdue));
  });

  test("at noon leaves the nightly backup's time as it is", () => {
    const nightly = ping({ ...pulse, timeoutSeconds: 90_000, graceSeconds: 3_600 }, monday);
    expect(overdueAt(nightly, [gap(43_200, 43_300)])).toBe(monday + seconds(90_000));
    expect(overdueAt(nightly, [gap(84_000, 87_600)])).toBe(monday + seconds(87_600 + 90_000 + 3_600));
  });

  test("shorter than the grace hides no nightly backup that has stopped", () => {
    const nightly = ping({ ...pulse, timeoutSeconds: 90_000, graceSeconds: 3_600 }, monday);
    expect(overdueAt(nightly, [gap(86_390, 86_700), gap(88_000, 91_599)])).toBe(monday + seconds(90_000));
  });

  test("shorter than the grace waits for the next ping of a frequent monitor", () => {
    const frequent = ping({ ...pulse, timeoutSeconds: 600, graceSeconds: 300 }, monday);
    expect(overdueAt(frequent, [gap(290, 310)])).toBe(monday + seconds(310 + 600 + 300));
  });

  test("never reports regular pings as missing, and a stopped monitor is reported eventually", () => {
    const pauses = fc.array(
      fc.record({ pause: fc.integer({ min: 1, max: 400 }), length: fc.integer({ min: 1, max: 400 }) }),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(
        pauses,
        fc.array(fc.integer({ min: -15, max: 14 }), { minLength: 60, maxLength: 60 }),
        (steps, jitters) => {
          let at = 0;
          const gaps = steps.map(({ pause, length }) => {
            const from = at + pause;
            at = from + length;
            return gap(from, at);
          });
          const isHeard = (time: number) => gaps.every(({ from, to }) => time < from || time > to);
          const pings = jitters
            .map((jitter, index) => monday + seconds(60 * (index + 1) + jitter))
            .filter(isHeard);
          let current = pinging;
          for (const time of pings) {
            const known = gaps.filter(({ to }) => to <= time); // as the sweep knew them by then
            expect(watch(current, known, time - 1).missingSince).toBeNull();
            current = ping(current, time);
          }
          const end = Math.max(current.lastBeatAt ?? 0, ...gaps.map(({ to }) => to));
          expect(overdueAt(current, gaps)).toBeLessThanOrEqual(end + seconds(120));
        },
      ),
    );
  });
});
