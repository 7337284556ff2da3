import { expect, test } from "vitest";
import { shortTitle } from "./incident-rows.tsx";

test.each([
  ["[CRITICAL] checkout: down", "checkout: down"],
  ["[HIGH] ", "[HIGH] "],
  ["[P1] down", "[P1] down"],
])("%s is shown as %s", (title, short) => {
  expect(shortTitle({ title })).toBe(short);
});
