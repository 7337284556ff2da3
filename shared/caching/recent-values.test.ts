import { expect, test } from "vitest";
import { recentValues } from "./recent-values.ts";

test("a value is given for its time after it was put last, also if the clock was set back", () => {
  let now = 1_000;
  const values = recentValues<string>(100, () => now);
  expect(values.get("a")).toBeUndefined();
  values.put("a", "old");
  values.put("a", "new");
  now = 1_099;
  expect(values.get("a")).toBe("new");
  for (now of [1_100, 900]) expect(values.get("a")).toBeUndefined();
});

test("the value that was put first is dropped for the one after a thousand", () => {
  const values = recentValues<number>(100, () => 0);
  for (let index = 0; index < 1_000; index += 1) values.put(`${index}`, index);
  values.put("0", 0);
  values.put("one more", 1_000);
  expect([values.get("0"), values.get("1"), values.get("2")]).toEqual([0, undefined, 2]);
});
