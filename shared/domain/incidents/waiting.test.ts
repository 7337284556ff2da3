import { expect, test } from "vitest";
import type { UrgencyHours } from "./urgency.ts";
import { waitingText } from "./waiting.ts";

const office: UrgencyHours = {
  timezone: "America/New_York",
  hours: [{ type: "daily", start: "09:00", end: "17:00" }],
  inside: "high",
  outside: "low",
  raise: true,
};
const raisesAt = Date.UTC(2026, 10, 23, 14);
const waiting = { status: "open", urgency: "low", raisesAt, urgencySetting: office } as const;

test("the time at which an incident becomes high is local to its hours, with a date if it is days away", () => {
  const text = (days: number) => waitingText(waiting, raisesAt - days * 86_400_000);
  expect(text(2)).toBe("Low urgency. Becomes high Mon 09:00 New York");
  expect(text(6)).toBe("Low urgency. Becomes high Mon 23 Nov 09:00 New York");
});

test("only what is open becomes high, and only low urgency is mentioned", () => {
  expect(waitingText({ ...waiting, status: "acknowledged" }, 0)).toBe("Low urgency");
  expect(waitingText({ status: "open", urgency: "low" }, 0)).toBe("Low urgency");
  expect(waitingText({ ...waiting, status: "resolved" }, 0)).toBeNull();
  expect(waitingText({ status: "open", urgencySetting: office }, 0)).toBeNull();
});
