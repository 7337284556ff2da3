import { expect, test } from "vitest";
import { isWebAddress } from "./link.ts";

test.each(["https://runbooks.example.com/db#disk", "http://localhost:9090/graph?g0.expr=up", "HTTPS://a.b"])(
  "%s is a link",
  (value) => expect(isWebAddress(value)).toBe(true),
);

test.each([
  "javascript:alert(1)",
  "https://",
  "https://example.com and more",
  "https://bank.example@evil.example/",
  "//example.com",
  "db-1",
  "",
])("%j is not a link", (value) => expect(isWebAddress(value)).toBe(false));
