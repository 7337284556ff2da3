import { describe, expect, test } from "vitest";
import { gateways, gatewayEvent as makeEvent } from "../../../tests/support/functions/gateway-events.ts";
import { encodedPath, type RoutedEvent, withoutTrailingSlashes } from "./request-path.ts";

/** Names with what has a meaning in a URL. */
const names = [
  "what?",
  "c#",
  "a b",
  "a%20b",
  "a%2fb",
  "a/b",
  "db/primary",
  "/",
  "a//b",
  "ü",
  "🔥",
  "%",
  "100%",
  "%zz",
  "a+b",
  "a&b=c;d",
  "..a",
  "x/../other",
  "x/./../../other",
  "[x]",
  "a\\b",
  '"',
];

/** The decoded segments of a path that can stand in a URL. */
function segmentsOf(path: string): string[] {
  const { pathname, search, hash } = new URL(path, "http://localhost");
  expect([pathname, search, hash]).toEqual([path, "", ""]);
  return path.split("/").map(decodeURIComponent);
}

describe.each(gateways)("the path behind %s", (gateway) => {
  const received = (method: string, path: string, templates: readonly string[] = []) =>
    encodedPath(
      makeEvent(gateway, { method, path, query: "", headers: {}, body: null }) as unknown as RoutedEvent,
      templates,
    );

  test.each(names)("leads to the service that a client means by %j", (name) => {
    const path = received("PUT", `/api/v1/services/${encodeURIComponent(name)}`);
    expect(segmentsOf(path)).toEqual(["", "api", "v1", "services", name]);
  });

  test.each(names)("leads to the page of the team %j, below a route that many pages share", (name) => {
    const templates = ["/on-call/new", "/on-call/{team}/policy", "/on-call/{team}/overrides/{id}/end"];
    const path = received("POST", `/on-call/${encodeURIComponent(name)}/overrides/ovr_1/end`, templates);
    expect(segmentsOf(path)).toEqual(["", "on-call", name, "overrides", "ovr_1", "end"]);
  });

  test.each(names)("carries the alias %j to a route of another platform's clients", (name) => {
    const path = received("POST", `/v2/alerts/${encodeURIComponent(name)}/close`);
    // A slash of a name can't be told from one of the path once a gateway has decoded both.
    expect(segmentsOf(path).join("/")).toBe(`/v2/alerts/${name}/close`);
  });

  test.each([".", "..", "%2e%2E"])("of an alias that is %j leads to no other alert", (alias) => {
    const path = received("POST", `/v2/alerts/${alias}/other/close`);
    expect(new URL(path, "http://localhost").pathname).toBe(path);
    expect(path).toMatch(/^\/v2\/alerts%2F/);
  });

  test("leaves an address as clients write it", () => {
    expect(received("PUT", "/api/v1/users/ada@example.com")).toBe("/api/v1/users/ada@example.com");
  });

  test("prefers a page's own name to a team of that name", () => {
    expect(received("GET", "/on-call/new", ["/on-call/{team}", "/on-call/new"])).toBe("/on-call/new");
  });

  test.each(["/nothing/a b?c#d", "/nothing/ü", "/nothing/%zz", "/nothing/100%"])(
    "of no route, %j, can stand in a URL",
    (path) => {
      const { pathname, search, hash } = new URL(
        encodedPath({ routeKey: "$default", rawPath: path }, []),
        "http://localhost",
      );
      expect([decodeURIComponent(pathname.replaceAll("%zz", "%25zz")), search, hash]).toEqual([path, "", ""]);
    },
  );
});

test("of a request that came through no gateway stays as it is", () => {
  expect(encodedPath({ rawPath: "/api/v1/services/a%20b" }, [])).toBe("/api/v1/services/a%20b");
});

test("half of a character becomes the sign for one that is missing", () => {
  const event = { routeKey: "GET /a/{b}", rawPath: "", pathParameters: { b: "\ud800" } };
  expect(encodedPath(event, [])).toBe("/a/%EF%BF%BD");
});

test("trailing slashes are removed in linear time", () => {
  expect(withoutTrailingSlashes("/a/b///")).toBe("/a/b");
  expect(withoutTrailingSlashes("///")).toBe("");
  const long = `${"/".repeat(1_000_000)}x`;
  const startedAt = performance.now();
  expect(withoutTrailingSlashes(long)).toBe(long);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
