import { expect, test } from "vitest";
import { minutes, monday } from "../../tests/support/builders.ts";
import { trackWaiting } from "./waiting-since.ts";

test("messages of a queue wait since it was first seen with some, until it is seen without", () => {
  const waitingSince = trackWaiting();
  const at = (minute: number) => monday + minutes(minute);
  expect(waitingSince("alerts", 0, at(0))).toBeNull();
  expect(waitingSince("alerts", 3, at(1))).toBe(at(1));
  expect(waitingSince("notifications", 1, at(2))).toBe(at(2));
  expect(waitingSince("alerts", 9, at(3))).toBe(at(1));
  expect(waitingSince("alerts", 0, at(4))).toBeNull();
  expect(waitingSince("alerts", 1, at(5))).toBe(at(5));
  expect(waitingSince("notifications", 1, at(6))).toBe(at(2));
});
