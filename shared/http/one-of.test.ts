import { expect, test } from "vitest";
import type { LambdaHandler } from "./lambda.ts";
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
  ["GET /things", "list"],
  ["GET /things/{id}", "get"],
  ["HEAD /things/{id}", "get"],
  ["POST /things", "create"],
  ["PUT /elsewhere", "list"],
  ["$default", "list"],
])("%s is answered by %s", async (routeKey, expected) => {
  const [event, context] = [{ routeKey }, {}] as unknown as Parameters<LambdaHandler>;
  expect(await handler(event, context)).toBe(expected);
});
