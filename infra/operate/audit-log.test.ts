import { expect, test } from "vitest";
import { describe } from "./audit-log.ts";

const intact = {
  head: { number: 7, hash: "3f9a" },
  intact: 5,
  replaced: 1,
  expired: 2,
  unsealed: 3,
  older: 4,
  faults: [],
};

test("a verification counts the entries and names the last seal", () => {
  expect(describe(intact)).toBe(
    [
      "Entries: 5 as sealed (1 with replaced names), 2 expired, 3 not sealed yet, 4 older than the chain.",
      "Last seal: 7:3f9a",
      "The audit log is intact.",
    ].join("\n"),
  );
});

test("a verification names the first faults, and counts the rest", () => {
  const faults = Array.from({ length: 60 }, (_, n) => `Entry aud_${n} was changed.`);
  const lines = describe({ ...intact, head: null, faults }).split("\n");
  expect(lines.slice(49)).toEqual([
    "Entry aud_49 was changed.",
    "… and 10 more.",
    expect.stringContaining("Entries: 5 as sealed"),
    "No entry is sealed yet.",
    "Found 60 differences.",
  ]);
});
