import { expect, test } from "vitest";
import {
  bySpecificity,
  fillPath,
  honoPath,
  matchPath,
  pathPattern,
  placeholdersOf,
  takesPrecedence,
} from "./path-template.ts";

test("placeholders are named in their order", () => {
  expect(placeholdersOf("/teams/{team}/roles/{role}")).toEqual(["team", "role"]);
  expect(placeholdersOf("/on-call/{path+}")).toEqual(["path"]);
  expect(placeholdersOf("/health")).toEqual([]);
});

test("values are encoded into their placeholders, and a missing value leaves nothing", () => {
  expect(fillPath("/users/{email}/keys/{id}", { email: "a/b c@x.org", id: 7 })).toBe(
    "/users/a%2Fb%20c%40x.org/keys/7",
  );
  expect(fillPath("/users/{email}", {})).toBe("/users/");
  expect(fillPath("/users/{email}", { email: "a@x" }, (value) => value)).toBe("/users/a@x");
});

test.each([
  ["/incidents/{id}", "/incidents/7", { id: "7" }],
  ["/incidents/{id}", "/incidents/a%2Fb%20c", { id: "a/b c" }],
  ["/incidents/{id}", "/incidents/", undefined],
  ["/incidents/{id}", "/incidents/7/notes", undefined],
  ["/incidents/{id}", "/incidents/%E0%A4%A", undefined],
  ["/incidents/{id}/notes", "/incidents/7/notes", { id: "7" }],
  ["/calendar.ics", "/calendarXics", undefined],
  ["/a+b(c)", "/a+b(c)", {}],
  ["/on-call/{path+}", "/on-call/core/schedule", { path: "core/schedule" }],
])("%s reads %s as %o", (template, path, expected) => {
  expect(matchPath(pathPattern(template), path)).toEqual(expected);
});

test("a value may have slashes if the segment allows it", () => {
  expect(matchPath(pathPattern("/alerts/{alias}/close", ".+?"), "/alerts/a/b/close")).toEqual({
    alias: "a/b",
  });
});

test("specific templates come first", () => {
  const templates = ["/a/{path+}", "/a/{id}/{part}", "/a/{id}", "/a/stats"];
  expect(templates.toSorted(bySpecificity)).toEqual(["/a/stats", "/a/{id}", "/a/{id}/{part}", "/a/{path+}"]);
});

test.each([
  ["/silences/preview", "/silences/{id}", true],
  ["/alerts/latest", "/alerts/{alert_id}", true],
  ["/silences/{id}", "/silences/preview", false],
  ["/silences/{id}", "/silences/{id}", false],
  ["/schedules/preview", "/schedules/{team}", false],
  ["/teams/{team}/keys/new", "/teams/{team}/keys/{id}", true],
])("%s takes precedence over %s: %s", (one, other, expected) => {
  expect(takesPrecedence(one, other)).toBe(expected);
});

test("Hono has its own syntax", () => {
  expect(honoPath("/teams/{team}/on-call/{path+}")).toBe("/teams/:team/on-call/:path{.+}");
});
