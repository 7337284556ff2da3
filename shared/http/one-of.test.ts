import { expect, test } from "vitest";
import { httpEvent } from "../../tests/support/lambda.ts";
import type { LambdaHandler } from "./endpoint.ts";
import { oneOf } from "./one-of.ts";

const saying =
  (text: string): LambdaHandler =>
  async () =>
    text;
const handler = oneOf(
  { contract: { method: "GET", path: "/things" }, handler: saying("list") },
  { contract: { method: "GET", path: "/things/{id}" }, handler: saying("get") },
  { contract: { method: "POST", path: "/things" }, handler: saying("create") },
);

test.each([
  ["GET", "/things", "list"],
  ["GET", "/things/", "list"],
  ["GET", "/things/1", "get"],
  ["GET", "/things/1%2F2/", "get"],
  ["POST", "/things", "create"],
  ["GET", "/things/1/2", "list"],
  ["PUT", "/elsewhere", "list"],
])("%s %s is answered by %s", async (method, path, expected) => {
  const context = {} as Parameters<LambdaHandler>[1];
  expect(await handler(httpEvent({ method, path }), context)).toBe(expected);
});
