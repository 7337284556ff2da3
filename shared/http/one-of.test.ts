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

const answerOf = (event: object) => handler(...([event, {}] as unknown as Parameters<LambdaHandler>));

test.each([
  ["GET /things", "list"],
  ["GET /things/{id}", "get"],
  ["HEAD /things/{id}", "get"],
  ["POST /things", "create"],
  ["PUT /elsewhere", "list"],
  ["$default", "list"],
])("the route %s is answered by %s, whatever the path", async (routeKey, expected) => {
  const requestContext = { http: { method: "PUT" } };
  expect(await answerOf({ routeKey, rawPath: "/things", requestContext })).toBe(expected);
});

test.each([
  ["GET", "/things", "list"],
  ["GET", "/things/", "list"],
  ["GET", "/things/1", "get"],
  ["HEAD", "/things/1", "get"],
  ["GET", "/things/1%2F2/", "get"],
  ["POST", "/things", "create"],
  ["GET", "/things/1/2", "list"],
  ["PUT", "/elsewhere", "list"],
])("%s %s without a route is answered by %s", async (method, rawPath, expected) => {
  expect(await answerOf({ rawPath, requestContext: { http: { method } } })).toBe(expected);
});
