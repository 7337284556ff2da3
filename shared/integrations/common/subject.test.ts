import { expect, test } from "vitest";
import { readSubject } from "./subject.ts";

test.each([
  ["Disk is full", "disk is full", false],
  ["Re: FWD: [RESOLVED] Disk  is full", "disk is full", true],
  ["[FIRING:2] Disk is full", "disk is full", false],
  ["Resolved: disk is full", "disk is full", true],
  ["Problem: disk is full", "disk is full", false],
  ["OK: disk is full", "disk is full", true],
  ["[OK] disk is full", "disk is full", true],
  ["** PROBLEM Service Alert: web-1/HTTP is CRITICAL **", "service alert: web-1/http", false],
  ["** RECOVERY Service Alert: web-1/HTTP is OK **", "service alert: web-1/http", true],
  ["Up to 5% of requests fail", "up to 5% of requests fail", false],
  ["OK, this is bad", "ok, this is bad", false],
  ["Resolved:", "resolved:", false],
  ["", "", false],
])("%j is about %j, over: %s", (subject, about, isOver) => {
  expect(readSubject(subject)).toEqual({ about, isOver });
});

test("a long subject of marks is read in linear time", () => {
  const { about } = readSubject(`${"re: ".repeat(10_000)}x`);
  expect(about).toBe("x");
});
