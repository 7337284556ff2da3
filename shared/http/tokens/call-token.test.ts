import { expect, test } from "vitest";
import { minutes, monday } from "../../../tests/support/builders.ts";
import { NoSuchPath } from "../errors.ts";
import { openCall, signCall } from "./call-token.ts";

test("a call's token names its notification for an hour, and only with its signature", () => {
  const token = signCall("ntf_1", "secret", monday);
  expect(openCall(token, ["other", "secret"], monday + minutes(60) - 1)).toBe("ntf_1");
  expect(() => openCall(token, ["secret"], monday + minutes(60))).toThrow(NoSuchPath);
  expect(() => openCall(token, ["other"], monday)).toThrow(NoSuchPath);
  expect(() => openCall(token.replace("ntf_1", "ntf_2"), ["secret"], monday)).toThrow(NoSuchPath);
  expect(() => openCall("", ["secret"], monday)).toThrow(NoSuchPath);
});
